import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { FolderSync } from "../../../edge/views/folder_sync.ts";

/** Syncs that go on until they are told to end, well or not. */
function slow() {
  const running: { readonly folder: string; readonly end: PromiseWithResolvers<void> }[] = [];
  const names = new FolderSync((folder) => {
    const end = Promise.withResolvers<void>();
    running.push({ folder, end });
    return end.promise;
  });
  return { names, running };
}

test("who comes while a folder is being synced waits for the next time: the one that runs may not see what they did", async () => {
  const { names, running } = slow();
  const ended: string[] = [];
  const sync = (who: string) => names.sync("channel").then(() => ended.push(who));
  const all = [sync("first"), sync("second"), sync("third")];
  await setImmediate();
  assert.equal(running.length, 1);
  running[0]?.end.resolve();
  await setImmediate();
  assert.deepEqual(ended, ["first"]);
  assert.equal(running.length, 2, "the others share one");
  all.push(sync("fourth"));
  running[1]?.end.resolve();
  await setImmediate();
  assert.deepEqual(ended, ["first", "second", "third"]);
  running[2]?.end.resolve();
  await Promise.all(all);
  all.push(sync("fifth"));
  assert.equal(running.length, 4);
  running[3]?.end.resolve();
  await Promise.all(all);
});

test("a sync that fails fails for those who share it, and for nobody else", async () => {
  const { names, running } = slow();
  const first = names.sync("channel");
  const second = names.sync("channel");
  running[0]?.end.reject(new Error("EIO"));
  await assert.rejects(first, /EIO/);
  await setImmediate();
  running[1]?.end.resolve();
  await second;
});

test("folders do not wait for each other", () => {
  const { names, running } = slow();
  void names.sync("channel");
  void names.sync("messages");
  assert.deepEqual(
    running.map(({ folder }) => folder),
    ["channel", "messages"],
  );
});
