import type { CloudFrontHeaders, CloudFrontRequest, CloudFrontResultResponse } from "aws-lambda";
import type { Trigger } from "../../viewer/triggers.ts";
import { isDisallowed, readOnly } from "./header_names.ts";
import { cloudFront } from "./limits.ts";

type EventType = Trigger["eventType"];
export type Result = CloudFrontRequest | CloudFrontResultResponse;

export const isAnswer = (result: Result): result is CloudFrontResultResponse => "status" in result;

/** The headers that a function has to leave as they are, as one text. */
export function fixedHeaders(headers: CloudFrontHeaders, eventType: EventType): string {
  let fixed = "";
  for (const name of readOnly[eventType]) {
    for (const { value } of headers[name] ?? []) fixed += `${name}:${value}\n`;
  }
  return fixed;
}

/** For what CloudFront would turn a function's answer into a 502. @throws Error that says so. */
export function checkAnswer({ status, headers = {}, body = "" }: CloudFrontResultResponse, eventType: EventType): void {
  if (!/^[2-5]\d\d$/.test(status)) throw new Error(`A function answers with status ${status}.`);
  if (status === "204" && body !== "") throw new Error("A function answers 204 with a body.");
  let size = body.length;
  for (const name in headers) {
    if (isDisallowed(name) || name === "transfer-encoding")
      throw new Error(`A function may not set the header ${name}.`);
    for (const { value } of headers[name] ?? []) size += name.length + value.length + 4;
  }
  const limit = cloudFront.responseBytes[eventType];
  if (size > limit) throw new Error(`A function answers ${size} bytes; the limit is ${limit}.`);
}

/** The same for a request that goes on. `before`: its fixed headers as they were. */
export function checkPassed(passed: CloudFrontRequest, method: string, before: string, eventType: EventType): void {
  const { uri, querystring, headers } = passed;
  if (passed.method !== method) throw new Error(`A function may not make ${passed.method} of ${method}.`);
  const address = querystring === "" ? uri : `${uri}?${querystring}`;
  if (!address.startsWith("/") || address.length > cloudFront.urlBytes || /[\s#]/.test(address)) {
    throw new Error("A function sends a request on to an address that is none.");
  }
  for (const name in headers) if (isDisallowed(name)) throw new Error(`A function may not set the header ${name}.`);
  if (fixedHeaders(headers, eventType) !== before) throw new Error("A function may not change headers that are fixed.");
}
