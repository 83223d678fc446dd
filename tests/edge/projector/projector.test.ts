// From the log to the views: what is committed comes into every view that it touches, once, in order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { general, History, random } from "./history.ts";
import { running } from "./running.ts";
import { all, assertEqualToLog, seen, sequentialFold } from "./seen.ts";

test("everything committed is in every view that it touches, as projected one by one", async () => {
  const history = await History.ofGeneral();
  await history.register("ada");
  await history.create(random, "bob");
  for (let number = 1; number <= 230; number += 1) await history.say(general, `m${number}`);
  await history.edit(general, "m3", "changed");
  await history.react(general, "m120", "👍", "bob");
  await history.join(random, "ada");
  await history.rename(random, "chance", "bob");
  const { views, settled, store } = await running(history.store);
  await settled();
  assert.deepEqual(await all(views), await sequentialFold(store));
  await assertEqualToLog(store, views);
  history.close();
});

test("what is committed while it runs comes into the views, and is pushed", async () => {
  const history = await History.ofGeneral();
  const { views, settled, pushed } = await running(history.store);
  await settled();
  pushed.length = 0;
  await history.say(general, "m1");
  await settled();
  const page = await views.read("messages/general/1");
  assert.deepEqual(
    [...pushed].sort((a, b) => (a.view < b.view ? -1 : 1)).map(({ view, checkpoint }) => ({ view, checkpoint })),
    [
      { view: "channel/general", checkpoint: { [general]: 3 } },
      { view: "messages/general/1", checkpoint: { [general]: 3 } },
    ],
  );
  assert.equal(pushed.find(({ view }) => view === "messages/general/1")?.etag, page?.etag);
  assert.equal((await seen<{ messages: number }>(views, "channel/general")).data.messages, 1);
  history.close();
});
