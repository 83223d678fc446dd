import { type ServerResponse, STATUS_CODES } from "node:http";
import type { CloudFrontResultResponse } from "aws-lambda";
import { http } from "../../outcome/outcome.ts";
import { errorBody, type Refusal } from "../../outcome/refusal.ts";
import { type Answered, answerHeaders } from "../../viewer/answer.ts";

/** Answers what a function has answered in the origin's place. */
export function sendAnswer(
  response: ServerResponse,
  { status, statusDescription, headers = {}, body = "", bodyEncoding }: CloudFrontResultResponse,
): void {
  const listed: string[] = [];
  for (const name in headers) {
    for (const { key, value } of headers[name] ?? []) listed.push(key ?? name, value);
  }
  const bytes = Buffer.from(body, bodyEncoding === "base64" ? "base64" : "utf8");
  listed.push("content-length", String(bytes.length));
  response.writeHead(Number(status), statusDescription ?? STATUS_CODES[status] ?? "", listed).end(bytes);
}

/** Answers what CloudFront itself, or this server, does not take. `close`: nothing more comes on this connection. */
export function sendRefusal(response: ServerResponse, refused: Answered, requestId: string, close = false): void {
  const body = errorBody(refused.refusal, requestId);
  response.writeHead(http[refused.refusal.outcome].status, {
    ...answerHeaders(refused, requestId),
    "content-length": Buffer.byteLength(body),
    ...(close && { connection: "close" }),
  });
  response.end(body);
}

/** The same where no request could be read: the whole answer as text, and the connection ends with it. */
export function rawRefusal(refusal: Refusal, requestId: string): string {
  const { status } = http[refusal.outcome];
  const body = errorBody(refusal, requestId);
  const headers = {
    ...answerHeaders({ refusal }, requestId),
    "content-length": Buffer.byteLength(body),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`;
}
