// The journal: it survives crashes and full disks, forgets what is done, and names a line that it does not know.
import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { JournalEntry } from "../../../edge/relay/journal.ts";
import { JournalFile } from "../../../edge/relay/journal_file.ts";
import { general, list, overview } from "./messages.ts";

const folder = await mkdtemp(join(tmpdir(), "crowbar-journal-"));
after(() => rm(folder, { recursive: true }));

const halted: JournalEntry = { state: "halted", group: overview, stream: general, version: 7, reason: "it is none" };
const owed: JournalEntry = { state: "owed", group: list, stream: general, version: 3 };
const done: JournalEntry = { ...owed, state: "done" };

async function loaded(path: string): Promise<readonly JournalEntry[]> {
  const journal = new JournalFile(path);
  try {
    return await journal.load();
  } finally {
    await journal.close();
  }
}

async function written(name: string, ...entries: readonly JournalEntry[]): Promise<string> {
  const path = join(folder, name, "journal");
  const journal = new JournalFile(path);
  assert.deepEqual(await journal.load(), []);
  await Promise.all(entries.map((entry) => journal.write(entry)));
  await journal.close();
  return path;
}

test("the last word on each view and stream holds, in whatever order they were written", async () => {
  const path = await written("last", owed, halted, { ...halted, version: 8 });
  assert.deepEqual(await loaded(path), [owed, { ...halted, version: 8 }]);
});

test("what is done is forgotten, and its lines with it", async () => {
  const path = await written("done", owed, halted, done);
  assert.deepEqual(await loaded(path), [halted]);
  assert.equal((await readFile(path, "utf8")).split("\n").length, 2);
});

test("a line that was being written when the process ended has not happened, however much of it is there", async () => {
  const path = await written("torn", halted, owed);
  const whole = await readFile(path);
  const first = whole.indexOf("\n") + 1;
  for (let size = first; size < whole.length; size += 1) {
    await writeFile(path, whole.subarray(0, size));
    assert.deepEqual(await loaded(path), [halted], `of ${size} bytes`);
  }
});

test("a line that is none is named, and nothing is forgotten for it", async () => {
  const lines = ["{", "null", "7", '{"state":"halted","group":"g","stream":"s","version":1}', '{"state":"gone"}'];
  for (const [index, line] of lines.entries()) {
    const path = await written(`strange ${index}`, halted);
    await appendFile(path, `${line}\n`);
    await assert.rejects(loaded(path), { message: `Line 2 of ${path} is no entry of a journal.` });
    assert.match(await readFile(path, "utf8"), /"version":7/);
  }
});

test("what a failed write has left behind goes before the next one", async () => {
  const path = join(folder, "failed", "journal");
  const journal = new JournalFile(path);
  await journal.load();
  await journal.write(halted);
  await appendFile(path, '{"state":"ow'); // as a full disk leaves it
  await journal.write(owed);
  // As a failed fsync leaves it: the whole line is there, and longer than the next one.
  await appendFile(path, `${JSON.stringify({ ...halted, reason: "x".repeat(500) })}\n`);
  await journal.write(owed);
  await journal.close();
  assert.deepEqual(await loaded(path), [halted, owed]);
});

test("an empty file is an empty journal", async () => {
  const path = await written("empty", halted);
  await truncate(path);
  assert.deepEqual(await loaded(path), []);
});

test("who writes to a journal that is closed is told", async () => {
  const journal = new JournalFile(join(folder, "closed"));
  await journal.load();
  await journal.close();
  await assert.rejects(journal.write(halted), /is not open/);
});
