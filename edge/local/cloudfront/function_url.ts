import { isUtf8 } from "node:buffer";
import { Readable, Transform, type TransformCallback } from "node:stream";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import type { AnswerHead, HttpResponseStream, StreamingHandler } from "../../commands/lambda.ts";
import type { Origin } from "./to_origin.ts";

/** Lambda hands these over as text, if they are. */
const textual = /^(?:text\/|application\/(?:json|javascript|xml|x-www-form-urlencoded)\b|[^;]+\+(?:json|xml)\b)/i;
/** What a function answers that says nothing of its answer. */
const untold: AnswerHead = { statusCode: 200, headers: { "content-type": "application/octet-stream" }, cookies: [] };
const bodiless: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** What a function writes into. Its head is sent with the first piece, as Lambda does it. */
class AnswerStream extends Transform {
  readonly #begun = Promise.withResolvers<AnswerHead | undefined>();
  head: AnswerHead = untold;

  /** The head that was sent, once something was; undefined where nobody waits any more. Rejects where it broke off before. */
  get begun(): Promise<AnswerHead | undefined> {
    return this.#begun.promise;
  }
  override _transform(part: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#begun.resolve(this.head);
    done(null, part);
  }
  override _flush(done: TransformCallback): void {
    this.#begun.resolve(untold); // had there been a head, it would have gone with a piece
    done();
  }
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (error === null) this.#begun.resolve(undefined);
    else this.#begun.reject(error);
    super._destroy(error, done);
  }
}

/** `awslambda.HttpResponseStream` of this place. */
export const httpResponseStream: HttpResponseStream = {
  from(stream, head) {
    if (!(stream instanceof AnswerStream)) throw new TypeError("That is not the stream which the function was given.");
    stream.head = head;
    return stream;
  },
};

/** A Lambda function behind its function URL, as an origin: payloads of version 2.0, and answers that are streamed. */
export function functionUrl(handler: StreamingHandler): Origin {
  return async (request) => {
    const event = await eventOf(request);
    const stream = new AnswerStream();
    // It is told to whoever waits for its beginning, or reads it.
    stream.on("error", () => {});
    const onGone = () => stream.destroy();
    if (request.signal.aborted) onGone();
    else request.signal.addEventListener("abort", onGone, { once: true });
    handler(event, stream).catch((error: unknown) => stream.destroy(error as Error));
    const head = await stream.begun;
    return head === undefined ? new Response(null) : responseOf(head, stream);
  };
}

async function eventOf(request: Request): Promise<LambdaFunctionURLEvent> {
  const { rawPath, rawQueryString, host } = addressOf(request.url);
  const headers = Object.fromEntries(request.headers);
  const sourceIp = headers["x-forwarded-for"]?.split(",").at(-1)?.trim() ?? "";
  const userAgent = headers["user-agent"] ?? "";
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    headers,
    requestContext: {
      accountId: "anonymous",
      apiId: "local",
      domainName: host,
      domainPrefix: host.split(".", 1)[0] ?? "",
      http: { method: request.method, path: rawPath, protocol: "HTTP/1.1", sourceIp, userAgent },
      requestId: headers["x-request-id"] ?? "",
      routeKey: "$default",
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    ...(await bodyOf(request, headers["content-type"] ?? "")),
  };
}

/** An address as it came: a reader of addresses would make another one of `%2e%2e`. */
function addressOf(url: string) {
  const [, host = "", rawPath = "", rawQueryString = ""] = /^https?:\/\/([^/]*)([^?]*)\??(.*)$/s.exec(url) ?? [];
  return { host, rawPath, rawQueryString };
}

async function bodyOf(
  request: Request,
  type: string,
): Promise<{ readonly body?: string; readonly isBase64Encoded: boolean }> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length === 0) return { isBase64Encoded: false };
  const isText = textual.test(type) && isUtf8(bytes);
  return { body: bytes.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

function responseOf({ statusCode, headers, cookies }: AnswerHead, stream: AnswerStream): Response {
  const listed = new Headers(headers);
  for (const cookie of cookies) listed.append("set-cookie", cookie);
  const body = bodiless.has(statusCode) ? null : (Readable.toWeb(stream) as ReadableStream<Uint8Array>);
  if (body === null) stream.resume();
  return new Response(body, { status: statusCode, headers: listed });
}
