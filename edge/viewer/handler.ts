import { CoreUnavailable } from "@crowbar/domain";
import type { CloudFrontRequest, CloudFrontRequestEvent, CloudFrontResultResponse } from "aws-lambda";
import type { Verifier } from "../auth/verifier.ts";
import type { Clock } from "../context/clock.ts";
import type { Ids } from "../context/ids.ts";
import type { Domain } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import { answer } from "./answer.ts";
import { Early } from "./early.ts";
import { Gate } from "./gate.ts";
import { cleanse } from "./headers.ts";
import type { Near } from "./near.ts";
import type { Policy } from "./policy.ts";

/** One request as it went through or not, for a log line. Never a body, a token or a query. */
export interface Passage {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly actor?: string;
  /** Why it did not go on. */
  readonly refusal?: Refusal;
}

export interface ViewerOptions {
  readonly domain: Domain;
  readonly verifier: Verifier;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: Policy;
  /** What lies near, where something does. */
  readonly near?: Near;
  readonly onPassage?: (passage: Passage) => void;
  /** Is told every error that nobody has foreseen; the sender hears only that there was one. */
  readonly report?: (defect: unknown, requestId: string) => void;
}

/** A Lambda@Edge function for request events. */
export type Viewer = (event: CloudFrontRequestEvent) => Promise<CloudFrontRequest | CloudFrontResultResponse>;

/**
 * The function at the edge: says who is let in, refuses early what must be refused, and passes all else on to functions
 * that check it again. It fails closed: whatever goes wrong here is an answer, never a request that goes on.
 *
 * It is hung up twice, the same bundle. On every path as *viewer-request*, without the body: that comes before the cache,
 * and behind a cache a stored view would be anybody's. On /commands as *origin-request*, with the body: CloudFront shows
 * 1 MB of it there, and before the cache 40 KB, which is less than a list of commands may have; a POST is never cached, so
 * each one comes by. One that is hung up otherwise still refuses whatever body it is not shown whole.
 */
export function viewer({ domain, verifier, clock, ids, policy, near, onPassage, report }: ViewerOptions): Viewer {
  const gate = new Gate(domain, verifier, new Early(domain, clock, near), policy);
  return async (event) => {
    let requestId = "";
    try {
      requestId = ids.request();
      const { config, request } = cloudFrontOf(event);
      const { method, uri, headers } = request;
      const entered = await gate.enter(request, config.eventType);
      if ("refusal" in entered) {
        onPassage?.({ requestId, method, path: uri, refusal: entered.refusal });
        return answer(entered, requestId);
      }
      onPassage?.({ requestId, method, path: uri, ...(entered.actor && { actor: entered.actor.id }) });
      cleanse(headers, requestId);
      // What was judged is what the origin sees.
      if (entered.path !== uri) request.uri = entered.path;
      return request;
    } catch (error) {
      report?.(error, requestId);
      return answer({ refusal: refuse(error instanceof CoreUnavailable ? "core_unavailable" : "defect") }, requestId);
    }
  };
}

function cloudFrontOf({ Records: [record] }: CloudFrontRequestEvent) {
  if (record === undefined) throw new TypeError("The event holds no record.");
  return record.cf;
}
