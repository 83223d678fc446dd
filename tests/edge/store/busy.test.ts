import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { saysOf, told } from "./appends.ts";
import { folderFor, openIn } from "./folder.ts";

const program = join(import.meta.dirname, "holding_process.ts");

/** A process that holds the store in a folder. */
async function holder(folder: string, t: TestContext): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, folder], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

const busy = (folder: string, by: string) => ({
  name: "StoreUnavailable",
  reason: "busy",
  message: `${folder} is held by ${by}; one at a time has it.`,
});

test("a second process is refused, by the folder and the number of the process that has it", async (t) => {
  const folder = folderFor(t);
  const first = await holder(folder, t);
  for (let time = 0; time < 3; time += 1) {
    assert.throws(() => openEventStore(folder), busy(folder, `process ${first.pid}`));
  }
  writeFileSync(join(folder, "store.pid"), "gibberish");
  assert.throws(() => openEventStore(folder), busy(folder, "another process"));
});

test("after kill -9 of the one that has it, the next one opens at once", async (t) => {
  const folder = folderFor(t);
  const first = await holder(folder, t);
  first.kill("SIGKILL");
  await once(first, "exit");
  const store = openIn(folder);
  assert.deepEqual(await saysOf(store, "channel-general"), [`by by process ${first.pid}`]);
});

test("after the one that has it has closed, the next one opens, and is the one that is named then", async (t) => {
  const folder = folderFor(t);
  const first = await holder(folder, t);
  first.stdin?.end();
  await once(first, "exit");
  const store = openIn(folder);
  assert.throws(() => openEventStore(folder), busy(folder, `this process (${process.pid})`));
  // Closing a file gives back every lock that the process has on it: SQLite sees to that.
  const other = spawnSync(process.execPath, [program, folder], { encoding: "utf8" });
  assert.match(other.stderr, new RegExp(`is held by process ${process.pid};`));
  assert.deepEqual(await store.append(told("c1", { at: 1 })), { kind: "appended" }, "and the first is not disturbed");
});
