// The journal in front of the files: what is in it is durable, and comes into the files by and by.
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setImmediate, setTimeout } from "node:timers/promises";
import { etagOf } from "../../../edge/views/etag.ts";
import { Journal } from "../../../edge/views/journal.ts";
import { Journaled } from "../../../edge/views/journaled.ts";
import { ViewFiles } from "../../../edge/views/view_files.ts";
import { bytesOf, textOf } from "./views.ts";

const root = await mkdtemp(join(tmpdir(), "crowbar-journal-"));
after(() => rm(root, { recursive: true }));
let count = 0;
function folderFor(): string {
  count += 1;
  return join(root, String(count));
}
const never = { ms: 2 ** 30, bytes: 2 ** 30 };
const fail = (error: unknown) => {
  throw error;
};

/** Files that are replaced when it is said that they may. */
class HeldFiles extends ViewFiles {
  readonly #may = Promise.withResolvers<void>();
  waiting = 0;

  override async replace(file: string, bytes: Uint8Array, etag: string): Promise<void> {
    this.waiting += 1;
    await this.#may.promise;
    await super.replace(file, bytes, etag);
  }

  release(): void {
    this.#may.resolve();
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5);
}

async function begun<F extends ViewFiles>(files: F, due = never) {
  await files.begin();
  const journaled = new Journaled(files, fail, due);
  const write = (file: string, text: string) => journaled.write(file, bytesOf(text), etagOf(bytesOf(text)));
  const read = async (file: string) => textOf((await journaled.read(file))?.bytes);
  return { journaled, write, read, files };
}

test("what is written together is made durable together, in the order in which it was written", async () => {
  const { journaled, write, read, files } = await begun(new ViewFiles(folderFor()));
  await Promise.all(Array.from({ length: 100 }, (_, index) => write(`${index % 10}.json`, `${index}`)));
  assert.equal(await read("7.json"), "97");
  assert.deepEqual(await readdir(files.folder), ["journal-1"]);
  await journaled.close();
  assert.equal(await readFile(join(files.folder, "7.json"), "utf8"), "97");
  assert.equal((await readdir(files.folder)).length, 10);
});

test("what is being written when it is closed is in its file", async () => {
  const { journaled, write, files } = await begun(new ViewFiles(folderFor()));
  await write("a.json", "one");
  const writing = write("a.json", "two");
  await journaled.close();
  await writing;
  assert.equal(await readFile(join(files.folder, "a.json"), "utf8"), "two");
});

test("what is written while the files are replaced is what is read, then and later", async () => {
  const { journaled, write, read, files } = await begun(new HeldFiles(folderFor()), { ms: 1, bytes: 2 ** 30 });
  await write("a.json", "one");
  await until(() => files.waiting > 0);
  await write("a.json", "two");
  assert.equal(await read("a.json"), "two");
  files.release();
  await until(() => !existsSync(join(files.folder, "journal-1")));
  assert.equal(await read("a.json"), "two");
  await journaled.close();
  assert.equal(await readFile(join(files.folder, "a.json"), "utf8"), "two");
});

test("a journal that is full is put into the files before its time", async () => {
  const { journaled, write, files } = await begun(new ViewFiles(folderFor()), { ms: 2 ** 30, bytes: 1_000 });
  await write("a.json", "a".repeat(1_000));
  await until(() => existsSync(join(files.folder, "a.json")));
  await journaled.close();
});

test("whoever writes faster than files can be replaced waits for them", async () => {
  const { journaled, write, files } = await begun(new HeldFiles(folderFor()), { ms: 2 ** 30, bytes: 1_000 });
  await write("a.json", "a".repeat(1_000));
  await until(() => files.waiting > 0);
  let done = 0;
  const writing = Array.from({ length: 6 }, async () => {
    await write("b.json", "b".repeat(1_000));
    done += 1;
  });
  const next = join(files.folder, "journal-2");
  await until(() => existsSync(next) && statSync(next).size > 6_000);
  await setImmediate();
  assert.equal(done, 0);
  files.release();
  await Promise.all(writing);
  await journaled.close();
});

test("of journals that a crash has left, the last one has the last word", async () => {
  const files = new ViewFiles(folderFor());
  await files.begin();
  for (const number of [9, 10]) {
    const journal = await Journal.begin(join(files.folder, `journal-${number}`), () => {});
    await journal.add({ file: "a.json", bytes: bytesOf(`of ${number}`), etag: "" });
    journal.close();
  }
  await new Journaled(files, fail).recover();
  assert.equal(await readFile(join(files.folder, "a.json"), "utf8"), "of 10");
  assert.deepEqual(await readdir(files.folder), ["a.json"]);
});
