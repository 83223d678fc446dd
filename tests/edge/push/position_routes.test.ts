import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { refuse } from "../../../edge/outcome/refusal.ts";
import { Listener, place, until } from "./listening.ts";
import { position } from "./push_contract.ts";

test("who listens is told the views that have a new version, with their tags", async () => {
  const { get, push, stopping } = place();
  const response = await get();
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.equal(response.headers.get("cache-control"), "no-store");
  const ada = new Listener(response);
  assert.deepEqual(await ada.next(), { retry: "2000", id: push.lastId });
  push.publish(position("channel/general", 3));
  assert.deepEqual(await ada.next(), {
    id: push.lastId,
    event: "position",
    data: '{"view":"channel/general","etag":"\\"channel/general 3\\"","checkpoint":{"channel-general":3}}',
  });
  stopping.abort();
});

test("what was said is told to members alone, and no longer to who has left", async () => {
  const { get, push, members, asked, stopping } = place();
  members.add("channel-general ada");
  const ada = new Listener(await get());
  const bob = new Listener(await get({ "x-actor": "bob" }));
  push.publish(position("messages/general/1", 1));
  push.publish(position("channel/general", 2));
  assert.deepEqual(await ada.views(2), ["messages/general/1", "channel/general"]);
  assert.deepEqual(await bob.views(1), ["channel/general"]);
  members.add("channel-general bob");
  push.publish(position("messages/general/1", 3));
  assert.deepEqual(await bob.views(1), ["messages/general/1"]);
  members.delete("channel-general bob");
  push.publish(position("messages/general/2", 4));
  push.publish(position("allchannels", 5));
  assert.deepEqual(await bob.views(1), ["allchannels"]);
  assert.ok(asked.every((question) => question.startsWith("channel-general ")));
  stopping.abort();
});

test("where it cannot be told whether they may hear it, they hear that they missed something", async () => {
  const { get, push, answers, stopping } = place();
  const ada = new Listener(await get());
  answers.push(refuse("store_unavailable", { seconds: 1 }), refuse("defect"));
  push.publish(position("messages/general/1", 1));
  assert.deepEqual(await ada.views(1), ["missed"]);
  push.publish(position("messages/general/1", 2));
  push.publish(position("allusers", 3));
  assert.deepEqual(await ada.views(1), ["allusers"]);
  stopping.abort();
});

test("an error that nobody has foreseen ends the stream, and gives its place back", async () => {
  const { get, push, answers } = place();
  const ada = new Listener(await get());
  await ada.next();
  answers.push(new Error("a defect"));
  push.publish(position("messages/general/1", 1));
  await assert.rejects(ada.next(), /a defect/);
  assert.equal(push.listeners, 0);
});

test("a view that the rules do not know is told to nobody", async () => {
  const { get, push, stopping } = place();
  const ada = new Listener(await get());
  push.publish(position("secrets/general", 1));
  push.publish(position("allusers", 2));
  assert.deepEqual(await ada.views(1), ["allusers"]);
  stopping.abort();
});

test("who comes again with Last-Event-ID goes on from there", async () => {
  const { get, push, stopping } = place();
  const first = new Listener(await get());
  await first.next();
  push.publish(position("channel/general", 1));
  const heard = await first.next();
  await first.cancel();
  push.publish(position("allusers", 2));
  const again = new Listener(await get({ "last-event-id": heard?.id ?? "" }));
  assert.deepEqual(await again.views(1), ["allusers"]);
  const stranger = new Listener(await get({ "last-event-id": "of-another-process.7" }));
  assert.deepEqual(await stranger.next(), { retry: "2000" });
  assert.deepEqual(await stranger.next(), { id: push.lastId, event: "missed", data: "{}" });
  stopping.abort();
});

test("in silence a heartbeat comes every 15 s, and says how far it has come", async () => {
  const { get, push, clock, stopping } = place();
  const ada = new Listener(await get());
  const { id = "" } = (await ada.next()) ?? {};
  await clock.advance(14_999);
  const beat = ada.next();
  await clock.advance(1);
  assert.deepEqual(await beat, { "": "nothing new", id });
  push.publish(position("messages/general/1", 1));
  push.publish(position("messages/general/2", 2));
  const later = ada.next();
  await setImmediate();
  await clock.advance(15_000);
  assert.deepEqual(await later, { "": "nothing new", id: push.lastId }, "past what is not for them");
  stopping.abort();
});

test("a heartbeat never names a position that was not told yet", async () => {
  const { get, push, clock, stopping } = place();
  const ada = new Listener(await get());
  const first = await ada.next();
  push.publish(position("channel/general", 1));
  push.publish(position("allusers", 2));
  // Nobody reads: the stream holds the first position; what comes after it waits in the hub.
  await setImmediate();
  await clock.advance(60_000);
  const heard = [await ada.next(), await ada.next()];
  assert.deepEqual(
    heard.map((each) => each?.event),
    ["position", "position"],
  );
  assert.notEqual(heard[0]?.id, first?.id);
  stopping.abort();
});

test("a heartbeat never names a position of which it is not decided yet whether they may hear it", async () => {
  const { get, push, clock, answers, stopping } = place();
  const ada = new Listener(await get());
  const first = await ada.next();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  answers.push(promise);
  push.publish(position("messages/general/1", 1));
  const beat = ada.next();
  await setImmediate();
  await clock.advance(15_000);
  assert.equal((await beat)?.id, first?.id);
  resolve(true);
  assert.deepEqual(await ada.views(1), ["messages/general/1"]);
  stopping.abort();
});

test("for who does not read nothing is piled up, and the newest of each view comes when they do", async () => {
  const { get, push, clock, stopping } = place();
  const ada = new Listener(await get());
  for (let version = 1; version <= 10_000; version += 1) push.publish(position(`channel/${version % 3}`, version));
  await clock.advance(10 * 60_000);
  const heard = [];
  for (let count = 0; count < 4; count += 1) heard.push(await ada.next());
  assert.deepEqual(
    heard.slice(1).map((each) => JSON.parse(each?.data ?? "").checkpoint["channel-general"]),
    [9_998, 9_999, 10_000],
  );
  stopping.abort();
});

test("a view that changes all the time is told every 50 ms, and the first time at once", async () => {
  const { get, push, clock, stopping } = place(50);
  const ada = new Listener(await get());
  await ada.next();
  const told: number[] = [];
  const listening = (async () => {
    for (let heard = await ada.next(); heard !== undefined; heard = await ada.next()) {
      told.push(JSON.parse(heard.data ?? "").checkpoint["channel-general"]);
    }
  })();
  for (let ms = 1; ms <= 200; ms += 1) {
    push.publish(position("channel/general", ms));
    await clock.advance(1);
  }
  assert.deepEqual(told, [1, 51, 101, 151]);
  stopping.abort();
  await listening;
});

test("a stream ends after a quarter of an hour, so that a token is shown again", async () => {
  const { get, push, clock } = place();
  const ada = new Listener(await get());
  await ada.next();
  const end = (async () => {
    for (;;) if ((await ada.next()) === undefined) return;
  })();
  await clock.advance(15 * 60_000);
  await end;
  assert.equal(push.listeners, 0);
  assert.equal(clock.sleepers, 0);
});

test("every stream ends when the place closes down, and no new one begins", async () => {
  const { get, push, clock, stopping } = place();
  const listeners = [new Listener(await get()), new Listener(await get({ "x-actor": "bob" }))];
  for (const listener of listeners) await listener.next();
  const ends = listeners.map((listener) => listener.next());
  stopping.abort();
  assert.deepEqual(await Promise.all(ends), [undefined, undefined]);
  assert.equal(push.listeners, 0);
  await until(() => clock.sleepers === 0);
  assert.equal((await get()).status, 503);
});

test("who goes away is forgotten: by the connection, and by the stream", async () => {
  const { get, push, clock } = place();
  const ada = new Listener(await get());
  await ada.next();
  const gone = new AbortController();
  await get({}, gone.signal);
  assert.equal(push.listeners, 2);
  await ada.cancel();
  assert.equal(push.listeners, 1);
  gone.abort();
  assert.equal(push.listeners, 0);
  await until(() => clock.sleepers === 0);
});

test("one person listens 16 times at once, and not more; others are not hindered", async () => {
  const { get, push, stopping } = place();
  const listeners: Listener[] = [];
  for (let count = 0; count < 16; count += 1) listeners.push(new Listener(await get()));
  const refused = await get();
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "5");
  const { error } = (await refused.json()) as { error: { code: string; retryable: boolean } };
  assert.deepEqual([error.code, error.retryable], ["too_many_streams", true]);
  assert.equal((await get({ "x-actor": "bob" })).status, 200);
  await listeners[0]?.cancel();
  assert.equal((await get()).status, 200);
  assert.equal(push.listeners, 17);
  stopping.abort();
});

test("positions are asked for with GET alone; HEAD opens no stream that nobody reads", async () => {
  const { app, push } = place();
  for (const method of ["HEAD", "POST", "PUT", "DELETE", "PATCH"]) {
    const response = await app.request("/positions", { method });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "GET");
  }
  assert.equal(push.listeners, 0);
});

test("a checkpoint of very many streams is left to the view", async () => {
  const { get, push, stopping } = place();
  const ada = new Listener(await get());
  const checkpoint = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`user-${index}`, 1]));
  push.publish({ view: "allusers", etag: '"x"', checkpoint });
  await ada.next();
  assert.equal((await ada.next())?.data, '{"view":"allusers","etag":"\\"x\\""}');
  stopping.abort();
});
