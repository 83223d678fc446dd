import assert from "node:assert/strict";
import { test } from "node:test";
import { OutboxFull } from "../../web/client/src/index.ts";
import { gate, Way } from "./faults.ts";
import { place, until, watch } from "./place.ts";
import { create, edit, join, leave, say } from "./said.ts";

test("what is said offline survives a reload, and is stored once each and in order when the server is back", async (t) => {
  const here = await place(t);
  const way = new Way();
  const first = await here.client("ada", { fetch: way.fetch });
  await first.send(create("general")).settled;
  way.fault = () => "dropped";
  const sent = Array.from({ length: 20 }, (_, number) => first.send(say("general", `m${number}`)));
  assert.deepEqual(new Set(sent.map(({ state }) => state)), new Set(["waiting"]));
  await Promise.all(sent.map(({ kept }) => kept));
  await until(first.status, ({ state, retryAt }) => state === "offline" && retryAt !== undefined);
  await first.close();

  const second = await here.client("ada", { fetch: way.fetch });
  const page = second.view("messages/general/1");
  const seen = watch(t, page);
  assert.equal(second.waiting.get().length, 20);
  await until(page, ({ data }) => data?.length === 20);
  assert.equal(page.get().optimistic, true);
  way.fault = () => undefined;
  await until(second.waiting, (list) => list.length === 0);
  await until(page, ({ optimistic }) => !optimistic);
  const texts = page.get().data?.map(({ text }) => text);
  assert.deepEqual(
    texts,
    sent.map((_, number) => `m${number}`),
  );
  const history = await second.history("channel", "general");
  assert.deepEqual(
    history.events.slice(1).map(({ command }) => command),
    sent.map(({ id }) => id),
  );
  assert.ok(way.asked.filter(({ path }) => path === "/commands").length < 20 + 20, "they go together");
  const shown = seen.filter(({ data }) => data !== undefined);
  assert.ok(shown.every(({ data }) => data?.length === 20));
});

test("what was seen before opens offline, with what one says on top", async (t) => {
  const here = await place(t);
  const way = new Way();
  const first = await here.client("ada", { fetch: way.fetch });
  await first.send(create("general")).settled;
  await first.send(say("general", "m1")).settled;
  const stop = first.view("allchannels").subscribe(() => {});
  await until(first.view("messages/general/1"), ({ checkpoint }) => checkpoint?.["channel-general"] === 2);
  await until(first.view("allchannels"), ({ data }) => data?.length === 1);
  stop();
  await first.close();
  way.fault = () => "dropped";
  const second = await here.client("ada", { fetch: way.fetch, actor: { id: "ada" } });
  const page = second.view("messages/general/1");
  watch(t, page);
  watch(t, second.view("channel/general"));
  assert.deepEqual(
    (await until(page, ({ cached }) => cached)).data?.map(({ text }) => text),
    ["m1"],
  );
  await until(second.view("allchannels"), ({ cached, data }) => cached && data?.length === 1);
  await until(second.view("channel/general"), ({ state }) => state === "unavailable");
  const sent = second.send(create("second"));
  assert.equal(sent.state, "waiting");
  assert.equal(second.view("allchannels").get().data?.length, 1, "nobody looks");
  watch(t, second.view("allchannels"));
  await until(second.view("allchannels"), ({ data }) => data?.length === 2);
  assert.equal(second.send(say("second", "s1")).state, "waiting");
});

test("what was seen last opens offline as it was left, also where only the log has told of it", async (t) => {
  const here = await place(t);
  const way = new Way();
  const [first, bob] = [await here.client("ada", { fetch: way.fetch }), await here.client("bob")];
  await first.send(create("general")).settled;
  await bob.send(join("general")).settled;
  const [page, general] = [first.view("messages/general/1"), first.aggregate("channel", "general")];
  const stop = [page.subscribe(() => {}), general.subscribe(() => {})];
  await bob.send(say("general", "m0")).settled;
  await until(page, ({ data, checkpoint }) => data?.length === 1 && checkpoint !== undefined);
  for (let number = 1; number < 5; number += 1) await bob.send(say("general", `m${number}`)).settled;
  await until(page, ({ data }) => data?.length === 5);
  await first.close();
  for (const each of stop) each();
  way.fault = () => "dropped";
  const second = await here.client("ada", { fetch: way.fetch, actor: { id: "ada" } });
  const seen = watch(t, second.view("messages/general/1"));
  second.send(say("general", "mine"));
  await until(second.view("messages/general/1"), ({ data, optimistic }) => optimistic && data?.length === 6);
  assert.deepEqual([...new Set(seen.flatMap(({ data }) => (data === undefined ? [] : [data.length])))], [5, 6]);
});

test("a server that is killed and comes back finds what was said meanwhile, and tells what it knows", async (t) => {
  const here = await place(t);
  const [ada, bob] = [await here.client("ada"), await here.client("bob")];
  await ada.send(create("general")).settled;
  await bob.send(join("general")).settled;
  const [adas, bobs] = [ada.view("messages/general/1"), bob.view("messages/general/1")];
  for (const page of [adas, bobs]) watch(t, page);
  await ada.send(say("general", "m1")).settled;
  await until(bobs, ({ data }) => data?.length === 1);
  let settled: Promise<{ readonly state: string }> | undefined;
  await here.restart(async () => {
    await until(ada.status, ({ state }) => state === "offline");
    const sent = ada.send(say("general", "m2"));
    settled = sent.settled;
    bob.send(say("general", "m3"));
    await sent.kept;
  });
  assert.equal((await settled)?.state, "accepted");
  for (const page of [adas, bobs]) await until(page, ({ data, optimistic }) => data?.length === 3 && !optimistic);
  assert.deepEqual(adas.get().data, bobs.get().data);
  for (const client of [ada, bob])
    await until(client.status, ({ news, state }) => news === "push" && state === "online");
  await ada.send(edit("general", "m2", "changed")).settled;
  await until(bobs, ({ data }) => data?.some(({ text }) => text === "changed") === true);
});

test("where nothing is pushed, news comes by asking", async (t) => {
  const here = await place(t);
  const way = new Way();
  way.fault = ({ path }) => (path === "/positions" ? { status: 404 } : undefined);
  const [ada, bob] = [await here.client("ada"), await here.client("bob", { fetch: way.fetch })];
  await ada.send(create("general")).settled;
  await bob.send(join("general")).settled;
  const page = bob.view("messages/general/1");
  watch(t, page);
  await until(bob.status, ({ news }) => news === "polling");
  await ada.send(say("general", "m1")).settled;
  await until(page, ({ data }) => data?.length === 1);
});

test("a push that breaks goes on where it was", async (t) => {
  const here = await place(t);
  const way = new Way();
  const [ada, bob] = [await here.client("ada"), await here.client("bob", { fetch: way.fetch })];
  await ada.send(create("general")).settled;
  await bob.send(join("general")).settled;
  const page = bob.view("messages/general/1");
  watch(t, page);
  await until(bob.status, ({ news }) => news === "push");
  await ada.send(say("general", "m1")).settled;
  await until(page, ({ data }) => data?.length === 1);
  await here.restart();
  await until(bob.status, ({ news, state }) => news === "push" && state === "online");
  await ada.send(say("general", "m2")).settled;
  await until(page, ({ data }) => data?.length === 2);
  const ids = way.asked.filter(({ path }) => path === "/positions").map(({ headers }) => headers.get("last-event-id"));
  assert.equal(ids[0], null);
  assert.ok(ids.length > 1 && ids.slice(1).every((id) => id !== null), String(ids));
});

test("where the device is full the command is taken back, and its sender told", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  await ada.send(create("general")).settled;
  const page = ada.view("messages/general/1");
  watch(t, page);
  const put = IDBObjectStore.prototype.put;
  t.after(() => {
    IDBObjectStore.prototype.put = put;
  });
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("There is no room.", "QuotaExceededError");
  };
  const sent = ada.send(say("general", "m1"));
  assert.equal(page.get().data?.length, 1);
  await assert.rejects(sent.kept, OutboxFull);
  assert.deepEqual(await sent.settled, { state: "discarded" });
  assert.deepEqual([page.get().data?.length ?? 0, ada.waiting.get().length], [0, 0]);
  assert.match(ada.status.get().storage ?? "", /no room/);
  IDBObjectStore.prototype.put = put;
  await ada.send(say("general", "m1")).settled;
  await until(ada.status, ({ storage }) => storage === undefined);
});

test("where nothing can be kept, it works as long as the page, and says so", async (t) => {
  const here = await place(t);
  const { open } = indexedDB;
  t.after(() => {
    indexedDB.open = open;
  });
  indexedDB.open = () => {
    throw new DOMException("It is private here.", "SecurityError");
  };
  const ada = await here.client("ada");
  assert.match(ada.status.get().storage ?? "", /Nothing can be kept .*private here/);
  assert.equal((await ada.send(create("general")).settled).state, "accepted");
});

test("a message that waits does not flicker while others speak", async (t) => {
  const here = await place(t);
  const way = new Way();
  const [ada, bob] = [await here.client("ada", { fetch: way.fetch }), await here.client("bob")];
  await ada.send(create("general")).settled;
  await bob.send(join("general")).settled;
  const page = ada.view("messages/general/1");
  watch(t, ada.aggregate("channel", "general"));
  const seen = watch(t, page);
  const { open, passed } = gate();
  way.fault = ({ path }) => (path === "/commands" ? passed.then(() => undefined) : undefined);
  const mine = ada.send(say("general", "mine"));
  for (let number = 0; number < 5; number += 1) await bob.send(say("general", `b${number}`)).settled;
  await until(page, ({ data }) => data?.length === 6);
  open();
  await mine.settled;
  await until(page, ({ optimistic }) => !optimistic);
  const from = seen.findIndex(({ data }) => data?.some(({ messageId }) => messageId === "mine"));
  for (const { data } of seen.slice(from)) {
    assert.equal(data?.filter(({ messageId }) => messageId === "mine").length, 1);
  }
});

test("what is in a view already, and not yet answered nor seen in the log, counts once", async (t) => {
  const here = await place(t);
  const way = new Way();
  const [ada, bob] = [await here.client("ada", { fetch: way.fetch }), await here.client("bob")];
  const [all, general] = [ada.view("allchannels"), ada.aggregate("channel", "general")];
  watch(t, general);
  const seen = watch(t, all);
  await ada.send(create("general")).settled;
  await bob.send(join("general")).settled;
  await until(all, ({ data, optimistic }) => data?.[0]?.users === 2 && !optimistic);
  await until(general, ({ version, waiting }) => version === 2 && waiting === 0);
  const [answers, log] = [gate(), gate()];
  const fetched = Promise.withResolvers<void>();
  way.fault = async ({ path }) => {
    if (path.startsWith("/streams/")) await log.passed;
    if (path.startsWith("/views/allchannels")) fetched.resolve();
    if (path !== "/commands") return undefined;
    await answers.passed;
    return "twice";
  };
  const headers = { authorization: `Bearer ${await here.token("ada")}`, "content-type": "application/json" };
  const sent = ada.send(leave("general"));
  assert.equal(all.get().data?.[0]?.users, 1);
  const [waiting] = await until(ada.waiting, (list) => list.some(({ sending }) => sending));
  // It arrives, and its answer does not.
  await fetch(`${here.origin}/commands`, { method: "POST", headers, body: JSON.stringify(waiting?.command) });
  await fetched.promise;
  await new Promise((resolve) => setTimeout(resolve, 100));
  log.open();
  answers.open();
  assert.equal((await sent.settled).state, "accepted");
  await until(all, ({ optimistic, data }) => !optimistic && data?.[0]?.users === 1);
  const users = seen.map(({ data }) => data?.[0]?.users);
  assert.deepEqual(new Set(users.slice(users.indexOf(2))), new Set([2, 1]));
  assert.equal(
    users.lastIndexOf(2) < users.lastIndexOf(1) && users.slice(users.lastIndexOf(2) + 1).every((n) => n === 1),
    true,
  );
});

test("who leaves on another device sees nothing more of what was said, and that they left", async (t) => {
  const here = await place(t);
  const [ada, bob] = [await here.client("ada"), await here.client("bob")];
  await ada.send(create("general")).settled;
  await bob.send(join("general")).settled;
  await ada.send(say("general", "m1")).settled;
  const [page, overview, general] = [
    bob.view("messages/general/1"),
    bob.view("channel/general"),
    bob.aggregate("channel", "general"),
  ];
  for (const watched of [page, overview, general]) watch<unknown>(t, watched);
  await until(page, ({ data }) => data?.length === 1);
  await until(overview, ({ data }) => data?.members.length === 2);
  await until(general, ({ state }) => state === "ready");
  const headers = { authorization: `Bearer ${await here.token("bob")}`, "content-type": "application/json" };
  const body = JSON.stringify({ id: crypto.randomUUID(), ...leave("general") });
  assert.equal((await fetch(`${here.origin}/commands`, { method: "POST", headers, body })).status, 200);
  await until(overview, ({ data }) => data?.members.length === 1);
  await until(page, ({ state, data }) => state === "hidden" && data === undefined);
  await until(general, ({ state }) => state === "hidden");
});
