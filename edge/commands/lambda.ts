import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { LambdaFunctionURLEvent } from "aws-lambda";

/** What Lambda sends before the bytes of an answer. */
export interface AnswerHead {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
}

/** `awslambda.HttpResponseStream`, which is there where Lambda runs. Nothing is sent of a head before the first write. */
export interface HttpResponseStream {
  from(stream: Writable, head: AnswerHead): Writable;
}

/** A function whose URL answers with `RESPONSE_STREAM`: Lambda calls it by way of `awslambda.streamifyResponse`. */
export type StreamingHandler = (event: LambdaFunctionURLEvent, stream: Writable) => Promise<void>;

/** Whoever answers a Request: a Hono app. */
export interface Answering {
  fetch(request: Request): Response | Promise<Response>;
}

/**
 * The commands function as Lambda calls it by its function URL, positions and all: what is streamed has no limit of 6 MB, and
 * arrives as it is written. Rejects where an answer breaks off; Lambda cuts it off then.
 */
export function lambdaHandler(app: Answering, http: HttpResponseStream): StreamingHandler {
  return async (event, stream) => {
    const gone = new AbortController();
    stream.once("close", () => {
      if (!stream.writableFinished) gone.abort();
    });
    const response = await app.fetch(requestOf(event, gone.signal));
    const answer = http.from(stream, headOf(response));
    answer.write("");
    if (response.body === null) answer.end();
    else await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), answer);
  };
}

function requestOf(event: LambdaFunctionURLEvent, signal: AbortSignal): Request {
  const { rawPath, rawQueryString, requestContext, headers, body, isBase64Encoded } = event;
  const url = `https://${requestContext.domainName}${rawPath}${rawQueryString === "" ? "" : `?${rawQueryString}`}`;
  return new Request(url, {
    method: requestContext.http.method,
    headers: Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined),
    signal,
    ...(body !== undefined && { body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8") }),
  });
}

function headOf({ status, headers }: Response): AnswerHead {
  const listed = [...headers].filter(([name]) => name !== "set-cookie");
  return { statusCode: status, headers: Object.fromEntries(listed), cookies: headers.getSetCookie() };
}
