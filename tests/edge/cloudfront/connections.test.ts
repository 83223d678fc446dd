import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { allOf, answersIn, connected, quick, request, serving, until } from "./serving.ts";

const one = "GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n";

test("a connection too many is told to come again, and those that are there are served on", async () => {
  await using t = await serving({ limits: { ...quick, connections: 3 } });
  const [first, ...others] = await Promise.all([connected(t.port), connected(t.port), connected(t.port)]);
  await until(() => t.server.connections === 3);
  const text = await t.raw("");
  assert.deepEqual(answersIn(text), ["503 too_many_connections"]);
  assert.match(text, /retry-after: 2\r\n/);
  assert.match(text, /connection: close\r\n/);
  assert.deepEqual(answersIn(await t.raw(request("POST /commands", ["Content-Length: 100000"], "x".repeat(100_000)))), [
    "503 too_many_connections",
  ]);
  assert.equal(t.events.length, 0);

  first?.write(request("GET /"));
  assert.deepEqual(answersIn(await allOf(first as Socket)), ["200"]);
  await until(() => t.server.connections === 2);
  assert.deepEqual(answersIn(await t.raw(request("GET /"))), ["200"], "and there is room again");
  for (const socket of others) socket.destroy();
});

test("whoever is turned away and stays is hung up on", async () => {
  await using t = await serving({ limits: { ...quick, connections: 0 } });
  const socket = await connected(t.port);
  await once(socket.resume(), "end");
  const closed = new Promise((resolve) => socket.on("error", () => {}).on("close", resolve));
  const more = setInterval(() => socket.write("x"), 50);
  await closed;
  clearInterval(more);
});

// 10,000 is what a machine without further settings opens; CROWBAR_CONNECTIONS asks for others.
test("ten thousand connections at once do not bring it down", async () => {
  const many = Number(process.env.CROWBAR_CONNECTIONS ?? 10_000);
  const child = fork(join(import.meta.dirname, "crowded.ts"), { stdio: "inherit" });
  const [{ port, rss: before }] = (await once(child, "message")) as [{ port: number; rss: number }];
  const there = await connected(port);
  const sockets: Socket[] = [];
  let turnedAway = 0;
  for (let i = 0; i < many; i += 1) {
    const socket = await connected(port);
    socket
      .on("error", () => {})
      .once("data", (answer) => {
        if (answer.toString("latin1").startsWith("HTTP/1.1 503 ")) turnedAway += 1;
      });
    sockets.push(socket);
  }
  const { connections } = (await asked(child)) as { connections: number };
  await until(() => turnedAway + connections >= many);
  assert.ok(turnedAway > many / 2, `${turnedAway} were turned away`);

  // Those who were there before are served meanwhile.
  there.write(one);
  const [answer] = await once(there, "data");
  assert.match(answer.toString("latin1"), /^HTTP\/1.1 200 /);
  const { rss } = (await asked(child)) as { rss: number };
  assert.ok(rss - before < 200 << 20, `${(rss - before) >> 20} MB for ${many} connections`);
  for (const socket of [there, ...sockets]) socket.destroy();
  while (((await asked(child)) as { connections: number }).connections > 0) {}
  child.send("stop");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

async function asked(child: ReturnType<typeof fork>): Promise<unknown> {
  child.send("how");
  const [answer] = await once(child, "message");
  return answer;
}

test("what is on its way when it closes is answered, and nothing new is taken", async () => {
  const { promise: go, resolve: release } = Promise.withResolvers<void>();
  const t = await serving({
    origin: async () => {
      await go;
      return new Response("late, but here");
    },
  });
  const idle = await connected(t.port);
  const idleEnds = allOf(idle);
  const busy = await connected(t.port);
  const all = allOf(busy);
  busy.write(one);
  await until(() => t.asked.length === 1);
  const closed = t.server.close();
  busy.write(one);
  await assert.rejects(connected(t.port), /ECONNREFUSED/);
  assert.equal(await idleEnds, "");
  release();
  const text = await all;
  await closed;
  assert.deepEqual(answersIn(text), ["200", "503 stopping"]);
  assert.match(text, /retry-after: 2\r\n/);
  assert.equal(t.asked.length, 1);
});

test("what does not end in time when it closes is cut off", async () => {
  const t = await serving({ origin: () => new Promise(() => {}), limits: { ...quick, closeMs: 50 } });
  const cut = fetch(t.address);
  await until(() => t.asked.length === 1);
  await t.server.close();
  await assert.rejects(cut);
  await until(() => t.server.connections === 0);
  await t.server.close();
});

test("a port that is taken is said", async () => {
  await using t = await serving();
  const other = await serving();
  await other.server.close();
  await assert.rejects(other.server.listen(t.port, "127.0.0.1"), { code: "EADDRINUSE" });
});
