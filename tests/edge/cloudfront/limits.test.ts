import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { answersIn, outcomeOf, request, serving } from "./serving.ts";

test("an address has 8,192 characters", async () => {
  await using t = await serving();
  const path = (length: number) => `/${"a".repeat(length - 3)}?b`;
  assert.deepEqual(answersIn(await t.raw(request(`GET ${path(8_192)}`))), ["200"]);
  assert.deepEqual(answersIn(await t.raw(request(`GET /${"a".repeat(8_191)}`))), ["200"]);
  assert.deepEqual(answersIn(await t.raw(request(`GET ${path(8_193)}`))), ["413 url_too_large"]);
});

test("a request has 20,480 bytes before its body", async () => {
  await using t = await serving();
  const sized = (size: number) => {
    const empty = request("GET /", ["A: "]).length - "\r\n".length;
    return request("GET /", [`A: ${"a".repeat(size - empty)}`]);
  };
  assert.deepEqual(answersIn(await t.raw(sized(20_480))), ["200"]);
  assert.deepEqual(answersIn(await t.raw(sized(20_481))), ["413 headers_too_large"]);
  assert.deepEqual(answersIn(await t.raw(sized(39_000))), ["413 headers_too_large"]);
  assert.deepEqual(answersIn(await t.raw(sized(60_000))), ["413 headers_too_large"]);
  assert.equal(t.events.length, 1);
  assert.deepEqual(
    t.refused,
    ["headers_too_large", "headers_too_large", "headers_too_large"],
    "and the log hears of it",
  );
});

test("no header is lost for being one of many", async () => {
  await using t = await serving();
  const many = Array.from({ length: 2_500 }, (_, i) => `${i.toString(36)}: `);
  assert.deepEqual(answersIn(await t.raw(request("GET /", [...many, "Authorization: x"]))), ["200"]);
  assert.ok(t.events[0]?.Records[0]?.cf.request.headers.authorization);
});

test("CloudFront knows seven methods", async () => {
  await using t = await serving();
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]) {
    assert.deepEqual(answersIn(await t.raw(request(`${method} /`))), ["200"], method);
  }
  for (const method of ["TRACE", "PROPFIND", "PURGE", "LOCK"]) {
    assert.deepEqual(answersIn(await t.raw(request(`${method} /`))), ["405 method_not_allowed"], method);
  }
  assert.deepEqual(answersIn(await t.raw(request("BREW /"))), ["400 request_malformed"]);
  assert.deepEqual(answersIn(await t.raw(request("get /"))), ["400 request_malformed"]);
  assert.equal(await t.raw(request("CONNECT evil.example:443")), "", "and tunnels nothing");
});

test("what reads has no body", async () => {
  await using t = await serving();
  for (const method of ["GET", "HEAD"]) {
    const withLength = await t.raw(request(`${method} /commands`, ["Content-Length: 2"], "{}"));
    assert.match(withLength, /^HTTP\/1.1 400 /, method);
    assert.deepEqual(answersIn(await t.raw(request(`${method} /`, ["Content-Length: 0"]))), ["200"]);
  }
  const inPieces = request("GET /", ["Transfer-Encoding: chunked"], "0\r\n\r\n");
  assert.deepEqual(answersIn(await t.raw(inPieces)), ["400 body_unexpected"]);
});

test("a body that nobody was shown goes on whole, up to what a function takes", async () => {
  await using t = await serving();
  assert.equal(await outcomeOf(await fetch(`${t.address}/upload`, { method: "PUT", body: "whole" })), "200");
  assert.equal(await t.asked[0]?.text(), "whole");
  assert.equal(t.events[0]?.Records[0]?.cf.request.body, undefined);
  const much = "x".repeat((1 << 20) + 1);
  assert.equal(
    await outcomeOf(await fetch(`${t.address}/upload`, { method: "PUT", body: much })),
    "413 body_too_large",
  );
});

for (const target of [
  "*",
  "http://evil.example/",
  "chat.example",
  "//..\u0000",
  "/a\u0000b",
  "/a#b",
  "/\u00e4",
  "/a\tb",
  "/\u007f",
]) {
  test(`${JSON.stringify(target)} is no address`, async () => {
    await using t = await serving();
    const [answer] = answersIn(await t.raw(request(`OPTIONS ${target}`)));
    assert.match(answer ?? "", /^400 (?:path|request)_malformed$/);
    assert.equal(t.events.length, 0);
  });
}

for (const [what, lines] of Object.entries({
  "no host": [],
  "two hosts": ["Host: chat.example", "Host: evil.example"],
  "an empty host": ["Host:"],
  "a host with a path": ["Host: chat.example/x"],
  "a host with a user": ["Host: ada@chat.example"],
  "a host with a space": ["Host: chat .example"],
  "a port beyond all": ["Host: chat.example:65536"],
  "an address that is none": ["Host: 1.2.3.999"],
  "an address of version 6 that is none": ["Host: [::1::]"],
  "a host with no port": ["Host: chat.example:"],
})) {
  test(`${what} is nowhere to go`, async () => {
    await using t = await serving();
    const [answer] = answersIn(await t.raw(["GET / HTTP/1.1", ...lines, "Connection: close", "", ""].join("\r\n")));
    assert.match(answer ?? "", /^400/);
    assert.equal(t.events.length, 0);
  });
}

test("a gzip bomb is carried as it is, and inflated by nobody", async () => {
  await using t = await serving();
  const bomb = gzipSync(Buffer.alloc(64 << 20));
  const before = process.memoryUsage().rss;
  const headers = { "content-encoding": "gzip", "content-type": "application/json" };
  await fetch(`${t.address}/commands`, { method: "POST", headers, body: bomb });
  assert.equal(t.events[0]?.Records[0]?.cf.request.body?.data, bomb.toString("base64"));
  assert.ok(process.memoryUsage().rss - before < 32 << 20);
});

test("bodies together hold no more than they may", async () => {
  await using t = await serving({ limits: { bodiesBytes: 100_000 } });
  const post = (size: number) => fetch(`${t.address}/commands`, { method: "POST", body: "x".repeat(size) });
  assert.equal(await outcomeOf(await post(90_000)), "200");
  assert.equal(await outcomeOf(await post(110_000)), "503 too_many_connections");
  assert.equal(t.server.bodiesHeld, 0);
  assert.equal(await outcomeOf(await post(90_000)), "200", "and those that were turned away hold nothing");
});
