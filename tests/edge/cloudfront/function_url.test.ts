import assert from "node:assert/strict";
import { test } from "node:test";
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { functionUrl } from "../../../edge/local/cloudfront/function_url.ts";

/** What a function is called with, and what comes of its answer. */
async function called(request: Request, result: LambdaFunctionURLResult = { statusCode: 200 }) {
  const events: LambdaFunctionURLEvent[] = [];
  const response = await functionUrl(async (event) => {
    events.push(event);
    return result;
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

test("a function's answer is the answer", async () => {
  const request = () => new Request("http://chat.example/");
  const whole = await called(request(), {
    statusCode: 422,
    headers: { "content-type": "text/plain", "x-count": 7 },
    cookies: ["a=1", "b=2"],
    body: "AAH/",
    isBase64Encoded: true,
  });
  assert.equal(whole.response.status, 422);
  assert.equal(whole.response.headers.get("x-count"), "7");
  assert.deepEqual(whole.response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.deepEqual(new Uint8Array(await whole.response.arrayBuffer()), new Uint8Array([0, 1, 255]));
  const none = await called(request(), { statusCode: 304, body: "" });
  assert.equal(none.response.body, null);
  const bare = await called(request(), "just so");
  assert.deepEqual([bare.response.status, await bare.response.text()], [200, "just so"]);
});
