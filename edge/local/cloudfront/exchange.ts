import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Ids } from "../../context/ids.ts";
import { type Refusal, refuse } from "../../outcome/refusal.ts";
import type { Answered } from "../../viewer/answer.ts";
import type { Viewer } from "../../viewer/handler.ts";
import { type Trigger, triggers } from "../../viewer/triggers.ts";
import type { Bodies, Body } from "./bodies.ts";
import { checkAnswer, checkPassed, fixedHeaders, isAnswer } from "./check_result.ts";
import { cloudFront, retrySeconds } from "./limits.ts";
import { type Head, readHead } from "./read_request.ts";
import { forwarded, requestEvent } from "./request_event.ts";
import { sendAnswer, sendRefusal } from "./send.ts";
import { sendResponse } from "./send_response.ts";
import { type Origin, toOrigin } from "./to_origin.ts";

export interface ExchangeParts {
  /** The function that is deployed at the edge. */
  readonly viewer: Viewer;
  readonly origin: Origin;
  /** Who serves a path that is not CloudFront's: sign-in has a host of its own in the cloud. */
  readonly beside?: (path: string) => RequestListener | undefined;
  readonly ids: Ids;
  readonly bodies: Bodies;
  /** Is told what CloudFront itself, or this server, did not take. Answers the id of that request. */
  readonly refused: (refusal: Refusal) => string;
  /** Is told every error that nobody has foreseen. */
  readonly report: (defect: unknown, requestId: string) => void;
}

/** One request and its answer, by way of CloudFront. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(parts: ExchangeParts, request: IncomingMessage, response: ServerResponse) {
    this.#parts = parts;
    this.#request = request;
    this.#response = response;
  }

  /** Resolves when the answer is written, or its reader has gone. */
  async run(): Promise<void> {
    try {
      const head = readHead(this.#request);
      if ("code" in head) return this.#refuse({ refusal: head });
      const beside = this.#parts.beside?.(head.uri);
      if (beside !== undefined) return beside(this.#request, this.#response);
      await this.#throughCloudFront(head);
    } catch (error) {
      this.fail(error);
    }
  }

  async #throughCloudFront(head: Head): Promise<void> {
    const { method, headers } = head;
    const allow = cloudFront.methods;
    if (!(allow as readonly string[]).includes(method)) {
      const params = { name: head.uri, expected: allow.join(", "), actual: method };
      return this.#refuse({ refusal: refuse("method_not_allowed", params), allow });
    }
    const reads = method === "GET" || method === "HEAD";
    const announced = "transfer-encoding" in headers || Number(headers["content-length"]?.[0]?.value ?? 0) > 0;
    if (reads && announced) return this.#refuse({ refusal: refuse("body_unexpected", { name: method }) });
    const trigger = triggers.find(({ path }) => path === "*" || path === head.uri) as Trigger;
    const body = trigger.includeBody && !reads ? await this.#body(cloudFront.bodyBytes[trigger.eventType]) : undefined;
    if (body === null) return;
    await this.#throughViewer(head, trigger, body);
  }

  async #throughViewer(head: Head, trigger: Trigger, shown: Body | undefined): Promise<void> {
    const { eventType } = trigger;
    const clientIp = this.#request.socket.remoteAddress ?? "";
    const event = requestEvent(head, clientIp, trigger, this.#parts.ids.request(), shown);
    const before = fixedHeaders(head.headers, eventType);
    const result = await this.#parts.viewer(event);
    if (isAnswer(result)) {
      checkAnswer(result, eventType);
      return sendAnswer(this.#response, result);
    }
    checkPassed(result, head.method, before, eventType);
    if (eventType === "viewer-request") forwarded(result.headers, clientIp);
    const limit = cloudFront.bodyBytes["origin-request"];
    const bodiless = head.method === "GET" || head.method === "HEAD";
    const body = shown ?? (bodiless ? undefined : await this.#body(limit));
    if (body === null) return;
    if (body?.truncated) {
      return this.#refuse({ refusal: refuse("body_too_large", { actual: `more than ${limit}`, limit }) });
    }
    const request = toOrigin(result, body?.bytes, this.#response);
    await sendResponse(this.#response, await this.#parts.origin(request));
  }

  /** Null where the request is over: it was answered, or its sender has gone. */
  async #body(limit: number): Promise<Body | null> {
    const body = await this.#parts.bodies.take(this.#request, limit);
    if (body === "full") this.#refuse({ refusal: refuse("too_many_connections", { seconds: retrySeconds }) });
    return typeof body === "string" ? null : body;
  }

  #refuse(answered: Answered): void {
    sendRefusal(this.#response, answered, this.#parts.refused(answered.refusal));
  }

  /** Something is wrong on our side: its sender hears that, as far as nobody has begun to answer. */
  fail(error: unknown): void {
    const requestId = this.#parts.ids.request();
    this.#parts.report(error, requestId);
    if (this.#response.headersSent) this.#response.destroy();
    else sendRefusal(this.#response, { refusal: refuse("defect") }, requestId);
  }
}
