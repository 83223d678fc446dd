import type { CloudFrontRequest } from "aws-lambda";
import { maxBodyBytes, unfit } from "../commands/body.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import { headerValue } from "./headers.ts";

/** What CloudFront shows of a body before its cache; behind it, a function sees as much as a command may have. */
const maxViewerBytes = 40 * 1024;

const described = ["content-type", "content-encoding", "content-length"] as const;

/** What is wrong with the way in which a body is sent, by its headers alone. */
export function unfitBody(request: CloudFrontRequest): Refusal | undefined {
  const headers = new Headers();
  for (const name of described) {
    const value = headerValue(request.headers, name);
    if (value !== undefined) headers.set(name, value);
  }
  return unfit(headers);
}

/** The whole body of a request as CloudFront shows it to a function. */
export function wholeBody(request: CloudFrontRequest, eventType: string): Uint8Array | Refusal {
  const { body } = request;
  if (body === undefined) return refuse("body_missing");
  if (body.encoding !== "base64") throw new Error(`CloudFront encodes bodies as base64, not ${body.encoding}.`);
  const size = headerValue(request.headers, "content-length");
  if (body.inputTruncated) {
    const limit = eventType === "viewer-request" ? maxViewerBytes : maxBodyBytes;
    return refuse("body_too_large", { actual: size === undefined ? `more than ${limit}` : Number(size), limit });
  }
  const bytes = Buffer.from(body.data, "base64");
  if (bytes.length > maxBodyBytes) return refuse("body_too_large", { actual: bytes.length, limit: maxBodyBytes });
  if (size !== undefined && Number(size) !== bytes.length) return refuse("body_truncated");
  return bytes;
}
