import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { test } from "node:test";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { functionUrl, httpResponseStream } from "../../../edge/local/cloudfront/function_url.ts";
import { lightRequest } from "../../../edge/local/cloudfront/light_request.ts";

const over = (stream: Writable) => void stream.end();

/** What a function is called with, and what comes of what it writes. */
async function called(request: Request, answer: (stream: Writable) => void = over) {
  const events: LambdaFunctionURLEvent[] = [];
  const response = await functionUrl(async (event, stream) => {
    events.push(event);
    answer(stream);
  })(request);
  return { event: events[0] ?? assert.fail(), response };
}

test("a request becomes a payload of version 2.0", async () => {
  const headers = { accept: "a", "x-forwarded-for": "192.0.2.1, 192.0.2.2", "user-agent": "test", "x-request-id": "7" };
  const { event } = await called(new Request("http://chat.example:8080/views/x%40y.json?a=1&b=%20", { headers }));
  assert.deepEqual(event, {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/views/x%40y.json",
    rawQueryString: "a=1&b=%20",
    headers,
    requestContext: {
      accountId: "anonymous",
      apiId: "local",
      domainName: "chat.example:8080",
      domainPrefix: "chat",
      http: {
        method: "GET",
        path: "/views/x%40y.json",
        protocol: "HTTP/1.1",
        sourceIp: "192.0.2.2",
        userAgent: "test",
      },
      requestId: "7",
      routeKey: "$default",
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    isBase64Encoded: false,
  });
});

test("a text is handed over as it is, and everything else in base64", async () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
    called(new Request("http://chat.example/", { method: "POST", body, headers: { "content-type": type } }));
  const json = await post('{"a":"\u00e9"}', "application/json; charset=utf-8");
  assert.deepEqual([json.event.body, json.event.isBase64Encoded], ['{"a":"\u00e9"}', false]);
  const broken = await post(new Uint8Array([0x22, 0xff, 0x22]), "application/json");
  assert.deepEqual([broken.event.body, broken.event.isBase64Encoded], ["Iv8i", true]);
  const bytes = await post(new Uint8Array([1, 2, 3]), "application/octet-stream");
  assert.deepEqual([bytes.event.body, bytes.event.isBase64Encoded], ["AQID", true]);
});

test("a path goes on as it came: what would be another address is not made one", async () => {
  const headers: [string, string][] = [];
  const parts = { method: "GET", headers, body: undefined, response: new EventEmitter() as unknown as ServerResponse };
  for (const path of ["/views/%2e%2e/secret", "/a/../b", "/a//b", "/views/x.json?a=%2e%2e/?b"]) {
    const { event } = await called(lightRequest({ ...parts, url: `http://chat.example${path}` }));
    assert.equal(`${event.rawPath}${event.rawQueryString && `?${event.rawQueryString}`}`, path);
  }
});

test("what a function writes is the answer", async () => {
  const request = () => new Request("http://chat.example/");
  const whole = await called(request(), (stream) => {
    const headers = { "content-type": "text/plain", "x-count": "7" };
    const answer = httpResponseStream.from(stream, { statusCode: 422, headers, cookies: ["a=1", "b=2"] });
    answer.write(Buffer.from([0, 1]));
    answer.end(Buffer.from([255]));
  });
  assert.equal(whole.response.status, 422);
  assert.equal(whole.response.headers.get("x-count"), "7");
  assert.deepEqual(whole.response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.deepEqual(new Uint8Array(await whole.response.arrayBuffer()), new Uint8Array([0, 1, 255]));
  const none = await called(request(), (stream) => {
    httpResponseStream.from(stream, { statusCode: 304, headers: {}, cookies: [] }).end("");
  });
  assert.deepEqual([none.response.status, none.response.body], [304, null]);
  const bare = await called(request(), (stream) => void stream.end("just so"));
  assert.deepEqual([bare.response.status, await bare.response.text()], [200, "just so"]);
});

test("a head of which nothing follows is never sent, as with Lambda", async () => {
  const { response } = await called(new Request("http://chat.example/"), (stream) => {
    httpResponseStream.from(stream, { statusCode: 422, headers: {}, cookies: [] }).end();
  });
  assert.equal(response.status, 200);
});

test("a function that fails before its answer is a defect, and one in the middle breaks off", async () => {
  const request = () => new Request("http://chat.example/");
  await assert.rejects(
    async () =>
      functionUrl(async () => {
        throw new Error("a bug of ours");
      })(request()),
    /a bug of ours/,
  );
  const half = await functionUrl(async (_event, stream) => {
    stream.write("half");
    throw new Error("a bug of ours");
  })(request());
  await assert.rejects(half.text(), /a bug of ours/);
});

test("a function hears that whoever asked has gone, before it has answered", async () => {
  const asking = new AbortController();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const answer = functionUrl(async (_event, stream) => {
    stream.once("close", resolve);
    asking.abort();
    await closed;
  })(new Request("http://chat.example/", { signal: asking.signal }));
  assert.equal((await answer).body, null);
  await closed;
});
