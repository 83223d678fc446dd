// The function at the edge with its real parts, and requests in CloudFront's shape.
import { loadSync } from "@crowbar/domain/chat";
import type { CloudFrontRequest, CloudFrontRequestEvent, CloudFrontResultResponse } from "aws-lambda";
import { AccessTokens } from "../../../edge/auth/access_tokens.ts";
import { FixedKeys } from "../../../edge/auth/fixed_keys.ts";
import type { Clock } from "../../../edge/context/clock.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { type Passage, type ViewerOptions, viewer } from "../../../edge/viewer/handler.ts";
import { clientId, issuer, noon, ours, token } from "../auth/issuer.ts";

export const chat = loadSync();
export const home = "https://chat.example";
/** The id of every request here: answers to the same thing are the same bytes. */
export const requestId = "00000000-0000-7000-8000-000000000001";
export const adas = `Bearer ${token()}`;

export const policy = { origins: [home], publicPaths: ["/", "/index.html", "/assets/*", "/.well-known/*"] };

/** Verifies tokens as everywhere, at the time of this clock. */
export function realVerifier(clock: Clock) {
  const keys = new FixedKeys([ours.jwk]);
  return new AccessTokens({ issuer, clientId, keys, clock, check: (json) => chat.check(json) });
}

/** The function with everything real but the clock, the ids and where the keys come from. */
export function atTheEdge(changes: Partial<ViewerOptions> = {}) {
  const clock = new FixedClock(noon);
  const passages: Passage[] = [];
  const defects: unknown[] = [];
  const handler = viewer({
    domain: chat,
    verifier: realVerifier(clock),
    clock,
    ids: { request: () => requestId },
    policy,
    onPassage: (passage) => passages.push(passage),
    report: (defect) => defects.push(defect),
    ...changes,
  });
  return { handler, passages, defects, clock };
}

type Headers = { readonly [name: string]: string | readonly string[] };

export interface Sent {
  readonly method?: string;
  readonly uri?: string;
  readonly querystring?: string;
  readonly headers?: Headers;
  readonly body?: string | Uint8Array;
  readonly inputTruncated?: boolean;
  readonly eventType?: "viewer-request" | "origin-request";
}

/** A request event as CloudFront makes it. */
export function event(sent: Sent = {}): CloudFrontRequestEvent {
  const {
    method = "GET",
    uri = "/views/allchannels.json",
    querystring = "",
    headers = {},
    body,
    inputTruncated = false,
  } = sent;
  const listed: CloudFrontRequest["headers"] = { host: [{ key: "Host", value: "d111111abcdef8.cloudfront.net" }] };
  for (const [key, value] of Object.entries(headers)) {
    listed[key.toLowerCase()] = [value].flat().map((each) => ({ key, value: each }));
  }
  const request: CloudFrontRequest = {
    clientIp: "2001:db8::7334",
    method,
    uri,
    querystring,
    headers: listed,
    ...(body !== undefined && {
      body: { action: "read-only", data: Buffer.from(body).toString("base64"), encoding: "base64", inputTruncated },
    }),
  };
  const config = {
    distributionDomainName: "d111111abcdef8.cloudfront.net",
    distributionId: "EDFDVBD6EXAMPLE",
    eventType: sent.eventType ?? (method === "POST" ? "origin-request" : "viewer-request"),
    requestId: "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
  };
  return { Records: [{ cf: { config, request } }] };
}

/** A posted command of ada's, all in order. */
export const posted = (
  body: object | string | Uint8Array,
  headers: Headers = {},
  more: Sent = {},
): CloudFrontRequestEvent => {
  const sent = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  const usual = {
    authorization: adas,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(sent)),
  };
  return event({ method: "POST", uri: "/commands", headers: { ...usual, ...headers }, body: sent, ...more });
};

export type Result = CloudFrontRequest | CloudFrontResultResponse;

export const wasPassed = (result: Result): result is CloudFrontRequest => !("status" in result);

/** `passed`, or status and code of an early answer. */
export function outcomeOf(result: Result): string {
  return wasPassed(result) ? "passed" : `${result.status} ${JSON.parse(result.body ?? "").error.code}`;
}
