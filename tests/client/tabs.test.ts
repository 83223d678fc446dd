import assert from "node:assert/strict";
import { test } from "node:test";
import { gate, Way } from "./faults.ts";
import { place, until, watch } from "./place.ts";
import { create, say } from "./said.ts";

test("two tabs share one outbox: one of them sends, both show what waits and what came of it", async (t) => {
  const here = await place(t);
  const [firstWay, secondWay] = [new Way(), new Way()];
  const first = await here.client("ada", { fetch: firstWay.fetch });
  await until(first.status, ({ leader }) => leader);
  const second = await here.client("ada", { fetch: secondWay.fetch });
  assert.equal(second.status.get().leader, false);
  const { open, passed } = gate();
  firstWay.fault = ({ path }) => (path === "/commands" ? passed.then(() => undefined) : undefined);
  for (const tab of [first, second]) watch(t, tab.view("messages/general/1"));
  first.send(create("general"));
  await until(second.waiting, (list) => list.length === 1);
  const sent = second.send(say("general", "m1"));
  assert.equal(sent.state, "waiting", "the second tab knows what waits in the first");
  await until(first.waiting, (list) => list.length === 2);
  assert.equal(first.view("messages/general/1").get().data?.length, 1);
  open();
  assert.equal((await sent.settled).state, "accepted");
  for (const tab of [first, second]) {
    await until(tab.waiting, (list) => list.length === 0);
    await until(tab.view("messages/general/1"), ({ optimistic, data }) => !optimistic && data?.length === 1);
    await until(tab.status, ({ news }) => news === "push");
  }
  assert.deepEqual(secondWay.commands, [], "only one sends");
  assert.ok(!secondWay.asked.some(({ path }) => path === "/positions"), "only one listens");
});

test("when the tab that sends goes in the middle, another one goes on: once each, in order", async (t) => {
  const here = await place(t);
  const way = new Way();
  const first = await here.client("ada", { fetch: way.fetch });
  await until(first.status, ({ leader }) => leader);
  const second = await here.client("ada");
  await first.send(create("general")).settled;
  const { open, passed } = gate();
  way.fault = ({ path }) => (path === "/commands" ? passed.then(() => "lost") : undefined);
  const sent = Array.from({ length: 10 }, (_, number) =>
    (number % 2 === 0 ? first : second).send(say("general", `m${number}`)),
  );
  await Promise.all(sent.map(({ kept }) => kept));
  await until(second.waiting, (list) => list.length === 10);
  open();
  await first.close();
  await until(second.status, ({ leader }) => leader);
  await until(second.waiting, (list) => list.length === 0);
  const history = await second.history("channel", "general");
  const ids = history.events.slice(1).map(({ command }) => command);
  assert.deepEqual(ids, sent.map(({ id }) => id).sort());
});

test("what one tab has dealt with is gone in the other", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  await ada.send(create("general")).settled;
  const [first, second] = [await here.client("bob"), await here.client("bob")];
  const sent = second.send(create("other", "general"));
  for (const tab of [first, second]) {
    const [rejected] = await until(tab.rejected, (list) => list.length === 1);
    assert.deepEqual([rejected?.command.id, rejected?.code], [sent.id, "channel_name_taken"]);
  }
  await first.discard(sent.id);
  await until(second.rejected, (list) => list.length === 0);
});

test("a tab that is opened late knows what waits and how it is", async (t) => {
  const here = await place(t);
  const way = new Way();
  const first = await here.client("ada", { fetch: way.fetch });
  await first.send(create("general")).settled;
  way.fault = () => "dropped";
  await first.send(say("general", "m1")).kept;
  await until(first.status, ({ state }) => state === "offline");
  const second = await here.client("ada", { fetch: way.fetch });
  assert.equal(second.waiting.get().length, 1);
  await until(second.status, ({ state, leader }) => state === "offline" && !leader);
});
