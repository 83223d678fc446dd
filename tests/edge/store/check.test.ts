// What `check` finds where every record by itself is as it was written, or is not there: tables that do not agree.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { after, before, test } from "node:test";
import { checksum, type Fields } from "../../../edge/store/sqlite/checksum.ts";
import { placeOf } from "../../../edge/store/sqlite/events.ts";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { general, told } from "./appends.ts";
import { ada, Copy, fill, random } from "./damaged.ts";
import { folderFor } from "./folder.ts";

let closed: string;
const cleanups: (() => Promise<void> | void)[] = [];

before(async () => {
  closed = folderFor({ after: (cleanup: () => void) => void cleanups.push(cleanup) });
  const store = openEventStore(closed);
  await fill(store);
  await store.close();
});
after(async () => {
  for (const cleanup of cleanups) await cleanup();
});

/** With the checksum of its fields at its end. */
const sealed = (...fields: Fields): readonly SQLInputValue[] => [...fields, checksum(fields)];

async function foundAfter(
  ...changes: readonly (readonly [sql: string, ...SQLInputValue[]])[]
): Promise<readonly string[]> {
  const copy = new Copy(closed);
  const database = new DatabaseSync(join(copy.folder, "store.db"));
  for (const [sql, ...values] of changes) assert.equal(database.prepare(sql).run(...values).changes, 1, sql);
  database.close();
  const found = await copy.damaged();
  copy.remove();
  return found;
}

const deleteEvent = (version: number) => ["DELETE FROM events WHERE place = ?", placeOf(1, version)] as const;

test("a log as it was written has no damage", async () => assert.deepEqual(await foundAfter(), []));

test("an event that is missing is named, in the middle and at the end", async () => {
  assert.deepEqual(await foundAfter(deleteEvent(17)), [`event ${general} 17`]);
  assert.deepEqual(await foundAfter(deleteEvent(31)), [`event ${general} 31`]);
  assert.deepEqual(
    await foundAfter(deleteEvent(17), deleteEvent(18)),
    [17, 18].map((version) => `event ${general} ${version}`),
  );
});

test("events beyond the head, and events and claims of no stream, are named", async () => {
  const copyTo = "INSERT INTO events SELECT ?, starts, before, crc, line FROM events WHERE place = ?";
  assert.deepEqual(await foundAfter([copyTo, placeOf(3, 2), placeOf(3, 1)]), [`event ${ada} 2`]);
  assert.deepEqual(await foundAfter([copyTo, placeOf(9, 1), placeOf(3, 1)]), ["stream number 9"]);
  assert.deepEqual(await foundAfter(["INSERT INTO claims VALUES (?, ?, ?)", ...sealed("free", 9)]), ["claim free"]);
});

test("an event that is another's is named by its place", async () => {
  const copy =
    "UPDATE events SET (starts, before, crc, line) = (SELECT starts, before, crc, line FROM events WHERE place = ?) WHERE place = ?";
  assert.deepEqual(await foundAfter([copy, placeOf(1, 5), placeOf(1, 17)]), [`event ${general} 17`]);
  assert.deepEqual(await foundAfter([copy, placeOf(2, 17), placeOf(1, 17)]), [`event ${general} 17`]);
});

test("a head that is not the last event is named", async () => {
  const found = await foundAfter(["UPDATE streams SET version = 30, crc = ? WHERE number = 1", headSeal(30)]);
  assert.ok(found.includes(`event ${general} 31`) && found.includes(`stream ${general}`), found.join());
});

/** The seal of general's head, had it another version. */
function headSeal(version: number): number {
  const database = new DatabaseSync(join(closed, "store.db"));
  const row = database.prepare("SELECT running, bytes FROM streams WHERE number = 1").get();
  database.close();
  return checksum([1, general, version, Number(row?.running), Number(row?.bytes)]);
}

test("an order of commits with a hole, or with an event twice, is named by its position", async () => {
  assert.deepEqual(await foundAfter(["DELETE FROM commits WHERE position = 9"]), ["log position 9", "log position 11"]);
  const twice = await foundAfter([
    "UPDATE commits SET place = ?2, crc = ?3 WHERE position = ?1",
    ...sealed(9, placeOf(1, 4)),
  ]);
  assert.deepEqual(twice, ["log position 9", "log position 11"]);
  const last = 62;
  assert.deepEqual(await foundAfter(["DELETE FROM commits WHERE position = ?", last]), ["log"]);
});

test("a command that is missing is named by its number, and the next one by what it stands on", async () => {
  const found = await foundAfter(["DELETE FROM commands WHERE number = 9"]);
  assert.deepEqual(found, ["command number 9", `command ${general} command 6`]);
});

test("snapshots of what never was, and cursors that are beyond the log, are named", async () => {
  const [stream, domain, version] = [general, "m2", 99];
  const bytes = new Uint8Array([1]);
  const crc = checksum([stream, domain, version], bytes);
  assert.deepEqual(
    await foundAfter(["INSERT INTO snapshots VALUES (?, ?, ?, ?, ?)", stream, domain, version, crc, bytes]),
    [`snapshot ${general} m2`],
  );
  assert.deepEqual(await foundAfter(["INSERT INTO cursors VALUES (?, ?, ?)", ...sealed("other", 999)]), [
    "cursor other",
  ]);
});

test("a claim, a cursor and a snapshot with another checksum are named", async () => {
  assert.deepEqual(await foundAfter(["UPDATE claims SET stream = 2 WHERE stream = 1"]), [`claim name:${general}`]);
  assert.deepEqual(await foundAfter(["UPDATE cursors SET position = 7"]), ["cursor relay"]);
  assert.deepEqual(await foundAfter(["UPDATE snapshots SET version = 7"]), [`snapshot ${general} m1`]);
});

test("what only SQLite can see of its file is told with the file's name", async () => {
  const copy = new Copy(closed);
  const file = join(copy.folder, "store.db");
  const database = new DatabaseSync(file);
  const page = Number(
    database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'commands_of_stream'").get()?.rootpage,
  );
  database.close();
  assert.ok(statSync(file).size >= page * 4096);
  // The end of the index's only page: its first row.
  copy.flip("store.db", page * 4096 - 1, 3);
  assert.deepEqual(await copy.damaged(), [`file ${file}`]);
  copy.remove();
});

test("calls are served while a log is checked", async () => {
  const copy = new Copy(closed);
  const store = copy.open();
  const checking = (async () => {
    const found = [];
    for await (const { what } of store.check()) found.push(what);
    return found;
  })();
  for (let at = 30; at < 60; at += 1) await store.append(told(`more ${at}`, { stream: random, at }));
  await store.append(told("new", { stream: "channel-new" }));
  assert.deepEqual(await checking, []);
  await store.close();
  copy.remove();
});
