import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { general, saysOf, take, told } from "./appends.ts";
import { folderFor, openIn } from "./folder.ts";

test("a folder is made with those above it, and what was stored is there when it is opened again", async (t) => {
  const folder = join(folderFor(t), "a", "b", "c");
  const store = openEventStore(folder);
  await store.append(told("c1", { claims: [take("k")] }));
  await store.saveSnapshot({ stream: general, version: 1, domain: "m1", bytes: new Uint8Array([1]) });
  await store.saveCursor("relay", 1);
  await store.close();
  assert.deepEqual(readdirSync(folder).sort(), ["store.db", "store.mark"], "closing leaves no write-ahead log");
  const again = openEventStore(folder);
  assert.deepEqual(await saysOf(again, general), ["by c1"]);
  assert.equal((await again.append(told("c1"))).kind, "known");
  assert.equal((await again.claimed(["k"])).get("k"), general);
  assert.equal((await again.snapshot(general, "m1"))?.version, 1);
  assert.equal(await again.cursor("relay"), 1);
  assert.deepEqual(await again.append(told("c2", { at: 1 })), { kind: "appended" });
  assert.deepEqual(
    (await again.log(0, 9)).map(({ position }) => position),
    [1, 2],
  );
  await again.close();
});

test("tables of another format, and of something else, are refused by name", async (t) => {
  const folder = folderFor(t);
  const file = join(folder, "store.db");
  await openEventStore(folder).close();
  let database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 7");
  database.close();
  const refusal = (found: string) => ({
    name: "StoreUnavailable",
    reason: "format",
    message: `${file} has ${found}; this version reads format 1.`,
  });
  assert.throws(() => openEventStore(folder), refusal("format 7"));
  rmSync(file);
  database = new DatabaseSync(file);
  database.exec("CREATE TABLE mine (a)");
  database.close();
  assert.throws(() => openEventStore(folder), refusal("tables of something else"));
});

test("tables that are not as they were made are told with the file's name", async (t) => {
  const folder = folderFor(t);
  const file = join(folder, "store.db");
  await openEventStore(folder).close();
  const database = new DatabaseSync(file);
  database.exec("DROP INDEX commands_of_stream");
  database.close();
  assert.throws(() => openEventStore(folder), { name: "StoreDamaged", what: `file ${file}` });
});

test("a file that is not SQLite's is refused by name, and left as it is", (t) => {
  const folder = folderFor(t);
  const file = join(folder, "store.db");
  writeFileSync(file, "no database, ".repeat(1_000));
  assert.throws(() => openEventStore(folder), { name: "StoreDamaged", what: `file ${file}` });
  assert.equal(readdirSync(folder).length, 1);
});

test("a log that is not as far as it was is refused, until somebody accepts that", async (t) => {
  const folder = folderFor(t);
  const store = openIn(folder);
  await store.append(told("c1"));
  await store.close();
  copyFileSync(join(folder, "store.db"), join(folder, "backup"));
  const later = openIn(folder);
  await later.append(told("c2", { at: 1, says: [] }));
  await later.close();
  copyFileSync(join(folder, "backup"), join(folder, "store.db"));
  const refusal = {
    name: "StoreDamaged",
    what: "log",
    message: /ends at position 1, command 1, but had come to position 1, command 2: .*remove .*store\.mark/,
  };
  assert.throws(() => openEventStore(folder), refusal);
  assert.throws(() => openEventStore(folder), refusal);
  rmSync(join(folder, "store.db"));
  assert.throws(() => openEventStore(folder), /ends at position 0/);
  copyFileSync(join(folder, "backup"), join(folder, "store.db"));
  rmSync(join(folder, "store.mark"));
  const accepted = openIn(folder);
  assert.deepEqual(await saysOf(accepted, general), ["by c1"]);
  assert.ok(existsSync(join(folder, "store.db")));
});

test("a note that cannot be read is told, and the log is opened without it", async (t) => {
  const folder = folderFor(t);
  const store = openIn(folder);
  await store.append(told("c1"));
  await store.close();
  writeFileSync(join(folder, "store.mark"), '{"position":9,"command":9}\t123');
  const reported: string[] = [];
  const again = openIn(folder, (error) => reported.push(error.message));
  assert.deepEqual(reported, [`${join(folder, "store.mark")} is not what was written.`]);
  await again.append(told("c2", { at: 1 }));
  await again.close();
  openIn(folder);
});
