import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { answersIn, connected, outcomeOf, request, serving, until } from "./serving.ts";

const post = request("POST /commands", ["Content-Length: 20"], '{"some":"thing here"}').slice(0, -1);
const streamed = () => {
  let left = 50;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      left -= 1;
      if (left === 0) controller.close();
      else controller.enqueue(new Uint8Array(20_000));
    },
  });
};

test("whoever leaves does no harm, at whatever moment", async () => {
  await using t = await serving({
    origin: async ({ url, method }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return new Response(url.endsWith("/stream") ? streamed() : method);
    },
  });
  const leaving = fc.record({
    bytes: fc.constantFrom(
      post,
      post.repeat(3),
      request("GET /stream"),
      request("GET /"),
      "nonsense\r\n\r\n",
      `${post}nonsense`,
    ),
    sent: fc.double({ min: 0, max: 1, noNaN: true }),
    waits: fc.nat(20),
    how: fc.constantFrom("reset", "end", "destroy"),
  });
  const law = fc.asyncProperty(fc.array(leaving, { minLength: 10, maxLength: 10 }), async (people) => {
    await Promise.all(
      people.map(async ({ bytes, sent, waits, how }) => {
        const socket = await connected(t.port);
        socket.on("error", () => {}).resume();
        socket.write(bytes.slice(0, Math.ceil(bytes.length * sent)));
        for (let i = 0; i < waits; i += 1) await new Promise((resolve) => setImmediate(resolve));
        if (how === "reset") socket.resetAndDestroy();
        else if (how === "destroy") socket.destroy();
        else socket.end();
      }),
    );
  });
  await fc.assert(law, { seed: 8, numRuns: Number(process.env.CROWBAR_RUNS ?? 40) });
  assert.equal(await outcomeOf(await fetch(t.address)), "200");
  assert.deepEqual(t.defects, []);
  await until(() => t.server.bodiesHeld === 0);
});

test("requests in a row on one connection wait for each other's answers, and do not pile up", async () => {
  let now = 0;
  let most = 0;
  await using t = await serving({
    origin: async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now -= 1;
      return new Response("one");
    },
  });
  const one = "GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n";
  assert.equal(answersIn(await t.raw(one.repeat(199) + request("GET /"))).length, 200);
  assert.deepEqual(answersIn(await t.raw(one.repeat(5_000))), []);
  assert.ok(most <= 256, `${most} at once`);
});

test("whoever leaves before the answer begins is no defect of ours, and the origin hears it", async () => {
  const { promise: go, resolve: release } = Promise.withResolvers<void>();
  await using t = await serving({
    origin: async () => {
      await go;
      return new Response(streamed());
    },
  });
  const socket = await connected(t.port);
  socket.write(request("GET /stream"));
  await until(() => t.asked.length === 1);
  const { signal } = t.asked[0] ?? assert.fail();
  socket.destroy();
  await until(() => signal.aborted);
  release();
  assert.equal(await outcomeOf(await fetch(t.address, { method: "DELETE" })), "200");
  assert.deepEqual(t.defects, []);
});
