import assert from "node:assert/strict";
import { test } from "node:test";
import { allOf, answersIn, connected, outcomeOf, request, serving, until } from "./serving.ts";

const encoder = new TextEncoder();

/** An answer that is written bit by bit, as the test says. */
function written(init: ResponseInit = { headers: { "content-type": "text/event-stream" } }) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    response: new Response(readable, init),
    say: (text: string) => writer.write(encoder.encode(text)),
    end: () => writer.close(),
    broken: (reason: unknown) => writer.abort(reason),
    writer,
  };
}

test("what the origin streams arrives as it is written", async () => {
  const source = written();
  await using t = await serving({ origin: () => source.response });
  const response = await fetch(t.address);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader() ?? assert.fail();
  for (const text of ["id: 1\n\n", "id: 2\n\n", ": still here\n\n"]) {
    const [read] = await Promise.all([reader.read(), source.say(text)]);
    assert.equal(read.value, text);
  }
  const [last] = await Promise.all([reader.read(), source.end()]);
  assert.ok(last.done);
});

test("the headers of a stream are there before its first byte", async () => {
  const source = written();
  await using t = await serving({ origin: () => source.response });
  const response = await fetch(t.address);
  assert.equal(response.status, 200);
  await Promise.all([response.text(), source.end()]);
});

test("an origin hears that whoever listened has gone", async () => {
  const source = written();
  await using t = await serving({ origin: () => source.response });
  const listening = new AbortController();
  await fetch(t.address, { signal: listening.signal });
  const { signal } = t.asked[0] ?? assert.fail();
  assert.equal(signal.aborted, false);
  listening.abort();
  await until(() => signal.aborted);
  await assert.rejects(source.writer.closed);
  await until(() => t.server.connections === 0);
  assert.deepEqual(t.defects, []);
});

test("an answer that was read to its end aborts nothing", async () => {
  await using t = await serving();
  await (await fetch(t.address)).text();
  const { signal } = t.asked[0] ?? assert.fail();
  await t.server.close();
  assert.equal(signal.aborted, false);
});

test("who reads slowly is written to slowly", async () => {
  let made = 0;
  const part = new Uint8Array(1 << 16);
  const endless = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        made += part.length;
        controller.enqueue(part);
      },
    },
    { highWaterMark: 0 },
  );
  await using t = await serving({ origin: () => new Response(endless) });
  const socket = await connected(t.port);
  socket.pause();
  socket.write(request("GET /"));
  await until(() => made > 0);
  let before = -1;
  while (made !== before) {
    before = made;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(made < 32 << 20, `${made} bytes were made for somebody who reads none`);
  socket.destroy();
  await until(() => t.server.connections === 0);
});

test("a stream that breaks off in its middle is cut off, and told", async () => {
  const source = written();
  await using t = await serving({ origin: () => source.response });
  const response = await fetch(t.address);
  await source.say("half");
  await source.broken(new Error("a bug of ours"));
  await assert.rejects(response.text());
  assert.equal(t.defects.length, 1);
});

test("a stream that breaks off before its beginning is a defect of ours", async () => {
  const broken = new ReadableStream({
    pull() {
      throw new Error("a bug of ours");
    },
  });
  await using t = await serving({ bare: true, origin: () => new Response(broken) });
  assert.equal(await outcomeOf(await fetch(t.address)), "500 defect");
  assert.equal(t.defects.length, 1);
});

const inParts = (parts: readonly string[]) =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part));
      controller.close();
    },
  });

test("an answer in one piece has its length, and one in many has them all", async () => {
  const parts = Array.from({ length: 100 }, (_, i) => `${i}\n`.repeat(1000));
  await using t = await serving({
    bare: true,
    origin: ({ url }) => new Response(url.endsWith("/one") ? "h\u00e9llo" : inParts(parts)),
  });
  const one = await fetch(`${t.address}/one`);
  assert.equal(one.headers.get("content-length"), "6");
  assert.equal(await one.text(), "h\u00e9llo");
  assert.equal(await (await fetch(`${t.address}/many`)).text(), parts.join(""));
});

test("every byte arrives as it is, whatever the size", async () => {
  for (const size of [0, 1, 255, 16_384, 16_385, 300_000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => i);
    await using t = await serving({ origin: () => new Response(bytes) });
    assert.deepEqual(new Uint8Array(await (await fetch(t.address)).arrayBuffer()), bytes);
  }
});

test("HEAD, 204 and 304 have no body", async () => {
  await using t = await serving({
    origin: ({ method, url }) =>
      method === "HEAD"
        ? new Response("x", { headers: { "content-length": "1" } })
        : new Response(null, { status: Number(url.slice(-3)) }),
  });
  const text = await t.raw(request("HEAD /"));
  assert.match(text, /content-length: 1\r\n.*\r\n\r\n$/s);
  assert.deepEqual(answersIn(await t.raw(request("GET /204"))), ["204"]);
  assert.deepEqual(answersIn(await t.raw(request("GET /304"))), ["304"]);
});

test("what the origin says of its own connection is not said of this one", async () => {
  const headers = {
    "transfer-encoding": "chunked",
    connection: "close",
    "keep-alive": "timeout=1",
    "set-cookie": "a=1",
  };
  await using t = await serving({ bare: true, origin: () => new Response("fine", { headers }) });
  const socket = await connected(t.port);
  socket.write("GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n");
  socket.end(request("GET /"));
  const text = await allOf(socket);
  assert.deepEqual(answersIn(text), ["200", "200"]);
  assert.doesNotMatch(text, /chunked|timeout=1\r/);
});
