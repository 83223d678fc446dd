import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { allOf, answersIn, connected, quick, request, serving, until } from "./serving.ts";

const limits = { ...quick, requestMs: 100 };
const head = request("POST /commands", ["Content-Length: 10"]);

test("a body that does not come in time is given up", async () => {
  await using t = await serving({ limits });
  const text = await t.raw(`${head}half`);
  assert.deepEqual(answersIn(text), ["408 body_too_slow"]);
  assert.match(text, /within 0.1 s/);
  assert.equal(t.events.length, 0);
  await until(() => t.server.bodiesHeld === 0 && t.server.connections === 0);
});

test("a body that comes a byte at a time is given up too", async () => {
  await using t = await serving({ limits });
  const socket = await connected(t.port);
  socket.write(head);
  const drip = setInterval(() => socket.write("x"), 30);
  const answers = answersIn(await allOf(socket));
  clearInterval(drip);
  assert.deepEqual(answers, ["408 body_too_slow"]);
});

for (const [what, bytes] of Object.entries({
  "a half request": "POST /commands HTTP/1.1\r\nHost: chat",
  "nothing at all": "",
})) {
  test(`${what} is given up`, async () => {
    await using t = await serving({ limits });
    assert.deepEqual(answersIn(await t.raw(bytes)), ["408 body_too_slow"]);
  });
}

test("a body that ends before its end is told so", async () => {
  await using t = await serving();
  assert.deepEqual(answersIn(await t.raw(`${head}half`, { end: true })), ["400 body_truncated"]);
  const pieces = request("POST /commands", ["Transfer-Encoding: chunked"], "5\r\nhal");
  assert.deepEqual(answersIn(await t.raw(pieces, { end: true })), ["400 body_truncated"]);
  assert.equal(t.events.length, 0);
  await until(() => t.server.bodiesHeld === 0 && t.server.connections === 0);
});

test("a sender that goes away in the middle leaves nothing behind", async () => {
  await using t = await serving();
  for (let i = 0; i < 20; i += 1) {
    const socket = await connected(t.port);
    socket.write(`${head}half`);
    await until(() => t.server.bodiesHeld === 4);
    socket.resetAndDestroy();
    await until(() => t.server.bodiesHeld === 0);
  }
  await until(() => t.server.connections === 0);
  assert.deepEqual(t.defects, []);
});

test("a connection on which nothing is said is closed", async () => {
  await using t = await serving({ limits: { ...quick, idleMs: 50 } });
  const socket = await connected(t.port);
  socket.write("GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n");
  assert.deepEqual(answersIn(await allOf(socket)), ["200"]);
});

test("a connection is kept for a minute, and it is said", async () => {
  await using t = await serving();
  const response = await fetch(t.address);
  assert.equal(response.headers.get("keep-alive")?.split(",")[0], "timeout=60");
});

test("a connection has so many requests, and the last one says that it is", async () => {
  await using t = await serving({ limits: { ...quick, requestsPerConnection: 2 } });
  const one = "GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n";
  const text = await t.raw(one + one, { end: true });
  assert.deepEqual(answersIn(text), ["200", "200"]);
  assert.equal(text.match(/Connection: close/g)?.length, 1);
});

test("an answer that nobody reads does not hold its connection for ever", async () => {
  await using t = await serving({
    limits: { ...quick, idleMs: 100 },
    origin: () => new Response(new Uint8Array(64 << 20)),
  });
  const socket = await connected(t.port);
  socket.pause();
  socket.on("error", () => {});
  socket.write(request("GET /"));
  await until(() => t.server.connections === 1);
  await until(() => t.server.connections === 0);
  socket.destroy();
  if (!socket.closed) await once(socket, "close");
  assert.deepEqual(t.defects, []);
});
