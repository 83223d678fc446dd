import assert from "node:assert/strict";
import { PassThrough, type Writable } from "node:stream";
import { test } from "node:test";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { type AnswerHead, type Answering, lambdaHandler } from "../../../edge/commands/lambda.ts";
import { create, domain, general } from "./said.ts";
import { servedApp } from "./served.ts";

/** What a function URL hands to its function. */
function call(method: string, path: string, body?: object, query = ""): LambdaFunctionURLEvent {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: { authorization: "Bearer ada", "content-type": "application/json", host: "example.org" },
    requestContext: {
      accountId: "anonymous",
      apiId: "id",
      domainName: "example.org",
      domainPrefix: "example",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "1",
      routeKey: "$default",
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)).toString("base64") }),
    isBase64Encoded: body !== undefined,
  };
}

/** Lambda's own: a head is sent with the first piece that is written, even if that is empty, and never without one. */
function lambda(app: Answering) {
  const stream = new PassThrough();
  const heads: AnswerHead[] = [];
  const from = (to: Writable, head: AnswerHead) => {
    assert.equal(to, stream);
    const { write } = to;
    to.write = ((...args: Parameters<typeof write>) => {
      heads.push(head);
      to.write = write;
      return write.apply(to, args);
    }) as typeof write;
    return to;
  };
  const handler = lambdaHandler(app, { from });
  return { stream, heads, answered: (event: LambdaFunctionURLEvent) => handler(event, stream) };
}

async function asked(app: Answering, ...args: Parameters<typeof call>) {
  const { stream, heads, answered } = lambda(app);
  const body = stream.toArray();
  await answered(call(...args));
  const [head = assert.fail("no head was sent")] = heads;
  return { ...head, body: Buffer.concat(await body).toString() };
}

test("the function answers as Lambda calls it", async () => {
  const { app } = servedApp();
  const accepted = await asked(app, "POST", "/commands", create(1));
  assert.equal(accepted.statusCode, 200);
  assert.equal(JSON.parse(accepted.body).stream, general);
  assert.equal(accepted.headers["crowbar-domain"], domain.hash);
  const refused = await asked(app, "POST", "/commands", create(2));
  assert.equal(refused.statusCode, 422);
  const events = await asked(app, "GET", `/streams/${general}/events`, undefined, "after=0");
  assert.equal(JSON.parse(events.body).version, 1);
});

test("an answer without a body has its head all the same, and its cookies apart", async () => {
  const headers = [
    ["etag", '"1"'],
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
  ] as [string, string][];
  const { body, ...head } = await asked({ fetch: () => new Response(null, { status: 304, headers }) }, "GET", "/");
  assert.deepEqual(head, { statusCode: 304, headers: { etag: '"1"' }, cookies: ["a=1", "b=2"] });
  assert.equal(body, "");
});

test("a stream is written as it comes, and ends with whoever reads it", async () => {
  let cancelled = false;
  let signal: AbortSignal | undefined;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  void writer.closed.catch(() => {
    cancelled = true;
  });
  const fetch = (request: Request) => {
    signal = request.signal;
    return new Response(readable);
  };
  const { stream, answered } = lambda({ fetch });
  const over = answered(call("GET", "/positions"));
  const read = stream[Symbol.asyncIterator]();
  for (const text of ["id: 1\n\n", "id: 2\n\n"]) {
    void writer.write(Buffer.from(text));
    assert.equal(String((await read.next()).value), text);
  }
  assert.equal(signal?.aborted, false);
  stream.destroy();
  await assert.rejects(over);
  assert.equal(signal?.aborted, true);
  assert.equal(cancelled, true);
});

test("what was read to its end aborts nothing", async () => {
  let signal: AbortSignal | undefined;
  const fetch = (request: Request) => {
    signal = request.signal;
    return new Response("whole");
  };
  assert.equal((await asked({ fetch }, "GET", "/")).body, "whole");
  assert.equal(signal?.aborted, false);
});

test("Lambda hears of an answer that breaks off", async () => {
  const broken = new ReadableStream({ pull: () => Promise.reject(new Error("a bug of ours")) });
  const { answered } = lambda({ fetch: () => new Response(broken) });
  await assert.rejects(answered(call("GET", "/")), /a bug of ours/);
});
