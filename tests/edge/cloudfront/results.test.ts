import assert from "node:assert/strict";
import { test } from "node:test";
import type { CloudFrontRequest, CloudFrontResultResponse } from "aws-lambda";
import { outcomeOf, serving } from "./serving.ts";

type Result = CloudFrontRequest | CloudFrontResultResponse;
type Function = (request: CloudFrontRequest) => Result;

const behind = (answer: Function) =>
  serving({
    viewer: async ({ Records: [record] }) => answer(record?.cf.request ?? assert.fail()),
  });

test("what a function answers is the answer, and no origin is asked", async () => {
  await using t = await behind(() => ({
    status: "418",
    statusDescription: "Teapot",
    headers: {
      "content-type": [{ key: "Content-Type", value: "text/plain" }],
      "set-cookie": [
        { key: "Set-Cookie", value: "a=1" },
        { key: "Set-Cookie", value: "b=2" },
      ],
    },
    body: "h\u00e9",
  }));
  const response = await fetch(t.address);
  assert.deepEqual([response.status, response.statusText, await response.text()], [418, "Teapot", "h\u00e9"]);
  assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.equal(t.asked.length, 0);
});

test("a function may answer in base64, or with nothing", async () => {
  await using coded = await behind(() => ({ status: "200", body: "AAH/", bodyEncoding: "base64" }));
  assert.deepEqual(new Uint8Array(await (await fetch(coded.address)).arrayBuffer()), new Uint8Array([0, 1, 255]));
  await using bare = await behind(() => ({ status: "204" }));
  assert.equal(await outcomeOf(await fetch(bare.address)), "204");
});

const set =
  (name: string, value = "x") =>
  (request: CloudFrontRequest) => {
    request.headers[name] = [{ key: name, value }];
    return request;
  };
for (const [what, answer] of Object.entries({
  "a status that is none": () => ({ status: "99" }),
  "a status beyond all": () => ({ status: "600" }),
  "a status of its own": () => ({ status: "teapot" }),
  "a 204 with a body": () => ({ status: "204", body: "x" }),
  "more than 40 KB before the cache": () => ({ status: "200", body: "x".repeat(40 * 1024 + 1) }),
  "a header that is CloudFront's": () => ({ status: "200", headers: { connection: [{ value: "close" }] } }),
  "another coding": () => ({ status: "200", headers: { "transfer-encoding": [{ value: "chunked" }] } }),
  "a header that is CloudFront's on a request": set("x-edge-location"),
  "another host": set("host"),
  "another length": set("content-length", "7"),
  "an address that is none": (request) => ({ ...request, uri: "elsewhere" }),
  "an address with a space": (request) => ({ ...request, uri: "/a b" }),
  "an address that is too long": (request) => ({ ...request, querystring: "x".repeat(8_192) }),
  "another method": (request) => ({ ...request, method: "DELETE" }),
  nothing: () => undefined as unknown as Result,
  "an error": () => {
    throw new TypeError("a bug of ours");
  },
} satisfies Record<string, Function>)) {
  test(`a function that answers ${what} lets nobody through`, async () => {
    await using t = await behind(answer);
    const response = await fetch(t.address);
    const text = await response.text();
    assert.match(text, /"code":"defect"/);
    assert.doesNotMatch(text, /bug/);
    assert.equal(response.status, 500);
    assert.equal(t.defects.length, 1);
    assert.equal(t.asked.length, 0);
  });
}

test("an origin that throws is a defect of ours, and the next request is served", async () => {
  let calls = 0;
  await using t = await serving({
    origin: () => {
      calls += 1;
      if (calls === 1) throw new TypeError("a bug of ours");
      return new Response("fine");
    },
  });
  assert.equal(await outcomeOf(await fetch(t.address)), "500 defect");
  assert.equal(await outcomeOf(await fetch(t.address)), "200");
  assert.equal(t.defects.length, 1);
});

test("whoever is around a request sees it whole; what goes wrong there is a defect like others", async () => {
  const seen: string[] = [];
  await using t = await serving({
    around: async ({ url }, response, work) => {
      if (url === "/broken") throw new TypeError("a bug of ours");
      await work();
      seen.push(`${url} ${response.statusCode}`);
      if (url === "/late") throw new TypeError("a bug of ours");
    },
  });
  assert.equal(await outcomeOf(await fetch(`${t.address}/fine`)), "200");
  assert.deepEqual(seen, ["/fine 200"]);
  assert.equal(await outcomeOf(await fetch(`${t.address}/broken`)), "500 defect");
  await fetch(`${t.address}/late`).catch(() => {});
  assert.equal(t.defects.length, 2);
});

test("a path that is not CloudFront's goes to who serves it, as Node's own request", async () => {
  await using t = await serving({
    beside: (path) =>
      path.startsWith("/auth/")
        ? (request, response) => {
            response.end(`${request.method} ${request.url}`);
          }
        : undefined,
  });
  assert.equal(
    await (await fetch(`${t.address}/auth/token?x=1`, { method: "POST", body: "y" })).text(),
    "POST /auth/token?x=1",
  );
  assert.equal(await (await fetch(`${t.address}/authority`)).text(), "from the origin");
  assert.equal(t.events.length, 1);
});
