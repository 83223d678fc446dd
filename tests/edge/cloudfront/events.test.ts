import assert from "node:assert/strict";
import { test } from "node:test";
import { request, serving } from "./serving.ts";

test("a request becomes CloudFront's event, before the cache and without its body", async () => {
  await using t = await serving();
  await t.raw(
    request("GET /views/a%40b.json?x=1&y=%2e", [
      "Accept: */*",
      "X-Twice: 1",
      "x-twice: 2",
      "Authorization: Bearer one",
      "authorization: Bearer two",
      "Cookie: a=1",
    ]),
  );
  assert.deepEqual(t.events, [
    {
      Records: [
        {
          cf: {
            config: {
              distributionDomainName: "local.cloudfront.net",
              distributionId: "ELOCALEXAMPLE",
              eventType: "viewer-request",
              requestId: "00000000-0000-7000-8000-000000000001",
            },
            request: {
              clientIp: "127.0.0.1",
              method: "GET",
              uri: "/views/a%40b.json",
              querystring: "x=1&y=%2e",
              headers: {
                host: [{ key: "Host", value: "chat.example" }],
                accept: [{ key: "Accept", value: "*/*" }],
                "x-twice": [
                  { key: "X-Twice", value: "1" },
                  { key: "x-twice", value: "2" },
                ],
                authorization: [
                  { key: "Authorization", value: "Bearer one" },
                  { key: "authorization", value: "Bearer two" },
                ],
                cookie: [{ key: "Cookie", value: "a=1" }],
              },
            },
          },
        },
      ],
    },
  ]);
});

test("a command becomes CloudFront's event behind the cache, with its body as base64", async () => {
  await using t = await serving();
  await t.raw(request("POST /commands", ["Content-Length: 4", "X-Forwarded-For: 192.0.2.1"], "\u0000{}\n"));
  const cf = t.events[0]?.Records[0]?.cf;
  assert.equal(cf?.config.eventType, "origin-request");
  assert.deepEqual(cf?.request.body, {
    action: "read-only",
    encoding: "base64",
    inputTruncated: false,
    data: "AHt9Cg==",
  });
  assert.deepEqual(cf?.request.headers["x-forwarded-for"], [{ key: "X-Forwarded-For", value: "192.0.2.1, 127.0.0.1" }]);
  assert.equal(cf?.request.origin?.custom?.protocol, "https");
});

test("an empty body is one", async () => {
  await using t = await serving();
  await t.raw(request("POST /commands", ["Content-Length: 0"]));
  assert.deepEqual(t.events[0]?.Records[0]?.cf.request.body, {
    action: "read-only",
    encoding: "base64",
    inputTruncated: false,
    data: "",
  });
});

test("a body in pieces is one", async () => {
  await using t = await serving();
  await t.raw(
    request("POST /commands", ["Transfer-Encoding: chunked"], "1\r\n{\r\n1;x=y\r\n}\r\n0\r\nX-Trailer: 1\r\n\r\n"),
  );
  const { headers, body } = t.events[0]?.Records[0]?.cf.request ?? assert.fail();
  assert.equal(body?.data, Buffer.from("{}").toString("base64"));
  assert.equal(headers["x-trailer"], undefined);
  assert.equal(t.asked[0]?.headers.get("transfer-encoding"), null);
  assert.equal(await t.asked[0]?.text(), "{}");
});

test("what is more than a function is shown is cut, and it is said", async () => {
  await using t = await serving();
  const megabyte = "x".repeat(1 << 20);
  const shown = () => t.events.at(-1)?.Records[0]?.cf.request.body;
  await t.raw(request("POST /commands", [`Content-Length: ${megabyte.length}`], megabyte));
  assert.deepEqual([shown()?.inputTruncated, shown()?.data.length], [false, Math.ceil(megabyte.length / 3) * 4]);
  assert.equal((await t.asked[0]?.arrayBuffer())?.byteLength, megabyte.length);
  const more = `${megabyte}${"x".repeat(999)}`;
  const answer = await t.raw(request("POST /commands", [`Content-Length: ${more.length}`], more));
  assert.deepEqual([shown()?.inputTruncated, shown()?.data.length], [true, Math.ceil(megabyte.length / 3) * 4]);
  assert.match(answer, /^HTTP\/1.1 413 .*body_too_large/s, "and nobody gets half a body");
  assert.equal(t.asked.length, 1);
});

test("headers that CloudFront keeps for itself are shown to nobody", async () => {
  await using t = await serving();
  const kept = [
    "Expect: 200-ok",
    "Keep-Alive: 1",
    "Proxy-Authorization: x",
    "Proxy-Connection: x",
    "Upgrade: websocket",
    "Trailer: x",
    "X-Real-IP: 192.0.2.1",
    "X-Forwarded-Proto: https",
    "X-Edge-Location: x",
    "X-Amz-Cf-Id: x",
    "X-Amzn-RequestId: x",
    "X-Accel-Redirect: /x",
    "X-Cache: Hit",
  ];
  await t.raw(request("GET /", kept));
  assert.deepEqual(Object.keys(t.events[0]?.Records[0]?.cf.request.headers ?? {}), ["host"]);
  assert.deepEqual(Object.fromEntries(t.asked[0]?.headers ?? []), {
    host: "chat.example",
    "x-forwarded-for": "127.0.0.1",
  });
});

test("no header is mistaken for what every object has", async () => {
  await using t = await serving();
  await t.raw(request("GET /", ["__proto__: 1", "constructor: 2", "toString: 3"]));
  const headers = t.events[0]?.Records[0]?.cf.request.headers ?? {};
  assert.deepEqual(Object.getOwnPropertyNames(headers).sort(), ["__proto__", "constructor", "host", "tostring"]);
});

test("the origin is asked what the function let through", async () => {
  await using t = await serving({
    viewer: async ({ Records: [record] }) => {
      const request = record?.cf.request ?? assert.fail();
      delete request.headers["x-user-id"];
      request.headers["x-request-id"] = [{ key: "X-Request-Id", value: "7" }];
      request.uri = "/elsewhere";
      request.querystring = "a=b";
      return request;
    },
  });
  await t.raw(request("GET /here?x=y", ["X-User-Id: bob", "Accept: a", "Accept: b"]));
  const [asked] = t.asked;
  assert.equal(asked?.method, "GET");
  assert.match(asked?.url ?? "", /^https?:\/\/chat\.example\/elsewhere\?a=b$/);
  assert.deepEqual(Object.fromEntries(asked?.headers ?? []), {
    accept: "a, b",
    host: "chat.example",
    "x-forwarded-for": "127.0.0.1",
    "x-request-id": "7",
  });
});
