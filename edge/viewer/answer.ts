import { STATUS_CODES } from "node:http";
import type { CloudFrontHeaders, CloudFrontResultResponse } from "aws-lambda";
import { http } from "../outcome/outcome.ts";
import { errorBody, type Refusal } from "../outcome/refusal.ts";

/** A no, and what else its answer's headers say. */
export interface Answered {
  readonly refusal: Refusal;
  /** The methods that the path takes, where another was used. */
  readonly allow?: readonly string[];
}

/** The headers of every early answer, each by its name in small letters. */
export function answerHeaders({ refusal, allow }: Answered, requestId: string): Readonly<Record<string, string>> {
  return {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
    ...(refusal.outcome === "not_signed_in" && { "www-authenticate": "Bearer" }),
    ...(refusal.seconds !== undefined && { "retry-after": String(refusal.seconds) }),
    ...(allow !== undefined && { allow: allow.join(", ") }),
  };
}

/** A no as CloudFront takes it from a function, in place of the origin's answer. */
export function answer(answered: Answered, requestId: string): CloudFrontResultResponse {
  const { status } = http[answered.refusal.outcome];
  const headers: CloudFrontHeaders = {};
  for (const [key, value] of Object.entries(answerHeaders(answered, requestId))) headers[key] = [{ key, value }];
  return {
    status: String(status),
    statusDescription: STATUS_CODES[status] ?? "",
    headers,
    body: errorBody(answered.refusal, requestId),
  };
}
