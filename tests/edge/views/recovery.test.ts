// What opening the views does with what it finds, and what is said when the file system says no.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { FileViews } from "../../../edge/views/file_views.ts";
import { ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { absent, bytesOf, keysOf, overview, put, read, textOf } from "./views.ts";

const root = await mkdtemp(join(tmpdir(), "crowbar-recovery-"));
after(() => rm(root, { recursive: true }));
let count = 0;
/** A folder with one view, closed. */
async function withOneView(): Promise<string> {
  count += 1;
  const folder = join(root, String(count));
  const views = await FileViews.open(folder);
  await put(views, overview, "one");
  await views.close();
  return folder;
}
const page = "messages/general/1";
const file = (folder: string) => join(folder, "generation-1", "channel", "general.json");

/** It is not available, and the file system's own error says why. */
const because = (code: string) => (error: unknown) =>
  error instanceof ViewsUnavailable &&
  error.cause instanceof Error &&
  "code" in error.cause &&
  error.cause.code === code &&
  error.message.includes(code);

test("views are there again when they are opened again, with the same tags", async () => {
  const folder = await withOneView();
  const before = await FileViews.open(folder);
  const etag = (await before.read(overview))?.etag ?? "";
  await before.close();
  const views = await FileViews.open(folder);
  assert.deepEqual(await keysOf(views), [overview]);
  assert.equal((await views.read(overview))?.etag, etag);
  assert.equal((await views.write(overview, bytesOf("two"), { ifMatch: etag })).kind, "written");
});

test("the generation that was switched to is the one that is opened", async () => {
  const folder = await withOneView();
  const views = await FileViews.open(folder);
  const next = await views.begin();
  await put(next, overview, "new");
  await views.switchTo(next);
  await views.close();
  const again = await FileViews.open(folder);
  assert.equal(again.generation, next.generation);
  assert.equal(await read(again, overview), "new");
  assert.deepEqual((await readdir(folder)).sort(), ["current", next.generation]);
  assert.notEqual((await again.begin()).generation, next.generation);
});

test("what a crash has left over is cleared away", async () => {
  const folder = await withOneView();
  const views = await FileViews.open(folder);
  await put(await views.begin(), overview, "half of a replay");
  const left = ["current.1-1.tmp", "generation-1/allusers.json.1-2.tmp", "generation-1/channel/general.json.1-3.tmp"];
  for (const name of left) await writeFile(join(folder, name), "half");
  const again = await FileViews.open(folder);
  assert.equal(await read(again, overview), "one");
  assert.deepEqual((await readdir(folder, { recursive: true })).sort(), [
    "current",
    "generation-1",
    "generation-1/channel",
    "generation-1/channel/general.json",
  ]);
});

test("a crash between the first folder and what names it leaves nothing to worry about", async () => {
  count += 1;
  const folder = join(root, String(count));
  await mkdir(join(folder, "generation-1"), { recursive: true });
  const views = await FileViews.open(folder);
  assert.equal(await views.read(overview), undefined);
});

test("views that nothing calls current are not taken for none", async () => {
  const folder = await withOneView();
  await unlink(join(folder, "current"));
  await assert.rejects(FileViews.open(folder), ViewsUnavailable);
  assert.equal(await readFile(file(folder), "utf8"), "one");
});

test("a name of the current views that is none, or leads elsewhere, opens nothing", async () => {
  for (const name of [
    "",
    "generation-2",
    "generation-1x",
    "../1/generation-1",
    "generation-1\n\n",
    "\0",
    "generation-",
  ]) {
    const folder = await withOneView();
    const other = await withOneView();
    await symlink(join(other, "generation-1"), join(folder, "generation-1x"));
    await writeFile(join(folder, "current"), name);
    if (name.trimEnd() === "generation-1") continue;
    await assert.rejects(FileViews.open(folder), ViewsUnavailable, JSON.stringify(name));
    assert.equal(await readFile(file(folder), "utf8"), "one");
  }
});

test("a view that cannot be read is never an empty one", async () => {
  const folder = await withOneView();
  const views = await FileViews.open(folder);
  await rename(file(folder), `${file(folder)}.aside`);
  await mkdir(file(folder));
  await assert.rejects(views.read(overview), because("EISDIR"));
  await assert.rejects(views.write(overview, bytesOf("x"), absent), because("EISDIR"));
  await assert.rejects(views.write(overview, bytesOf("x"), { ifMatch: '"x"' }), because("EISDIR"));
  await rm(join(folder, "generation-1"), { recursive: true });
  await writeFile(join(folder, "generation-1"), "");
  await assert.rejects(views.read(overview), because("ENOTDIR"));
  await assert.rejects(views.write(overview, bytesOf("x"), absent), ViewsUnavailable);
  await assert.rejects(keysOf(views), because("ENOTDIR"));
});

test("a folder that went away is an error, not a place without views", async () => {
  const folder = await withOneView();
  const views = await FileViews.open(folder);
  await rm(folder, { recursive: true });
  await assert.rejects(views.read(overview), because("ENOENT"));
  for (const key of ["allusers", overview, page]) {
    await assert.rejects(views.write(key, bytesOf("x"), absent), because("ENOENT"));
  }
  await assert.rejects(keysOf(views), because("ENOENT"));
  await assert.rejects(views.begin(), because("ENOENT"));
});

test("a folder that is a file cannot be opened", async () => {
  const folder = await withOneView();
  await assert.rejects(FileViews.open(join(folder, "current")), ViewsUnavailable);
  await assert.rejects(FileViews.open(join(folder, "current", "deeper")), ViewsUnavailable);
});

test("a view that another process has replaced is another one", async () => {
  const folder = await withOneView();
  const views = await FileViews.open(folder);
  const ifMatch = (await views.read(overview))?.etag ?? "";
  await writeFile(`${file(folder)}.other`, "eno");
  await rename(`${file(folder)}.other`, file(folder));
  assert.deepEqual(await views.write(overview, bytesOf("three"), { ifMatch }), { kind: "changed" });
  assert.equal(textOf((await views.read(overview))?.bytes), "eno");
});

test("what a process that has died had written is in the files when the views are opened again", async () => {
  const folder = await withOneView();
  const views = await FileViews.open(folder);
  const two = await views.write(page, bytesOf("two"), absent);
  await views.write(page, bytesOf("three"), { ifMatch: two.kind === "written" ? two.etag : "" });
  assert.deepEqual(await readdir(join(folder, "generation-1")), ["channel", "journal-1"]);
  const left = `${folder}-left`;
  await cp(folder, left, { recursive: true });
  // A loss of power may leave half of what was not acknowledged any more.
  const journal = await readFile(join(left, "generation-1", "journal-1"));
  await writeFile(join(left, "generation-1", "journal-1"), Buffer.concat([journal, journal.subarray(0, 20)]));
  const again = await FileViews.open(left);
  assert.equal(await read(again, page), "three");
  assert.equal(await readFile(join(left, "generation-1", "messages", "general", "1.json"), "utf8"), "three");
  assert.deepEqual(await readdir(join(left, "generation-1")), ["channel", "messages"]);
});

test("what was written is in the files within a second or so, and no journal is left", async () => {
  const folder = await withOneView();
  const views = await FileViews.open(folder);
  await put(views, page, "two");
  const there = async () => (await readdir(join(folder, "generation-1"))).join();
  while ((await there()) !== "channel,messages") await setTimeout(20);
  assert.equal(await readFile(join(folder, "generation-1", "messages", "general", "1.json"), "utf8"), "two");
  assert.equal(await read(views, page), "two");
});

test("who lists views while their generation is dropped is told those of the next one", async () => {
  const folder = await withOneView();
  const many = Array.from({ length: 800 }, (_, index) => `channel/${index}`);
  // Looking through so many folders takes longer than the switch.
  for (const key of many) mkdirSync(join(folder, "generation-1", key), { recursive: true });
  const views = await FileViews.open(folder);
  const next = await views.begin();
  await put(next, "allusers", "new");
  const switching = views.switchTo(next);
  const lists = await Promise.all([keysOf(views), keysOf(views), switching]);
  for (const keys of lists.slice(0, 2)) assert.ok(["allusers", overview].includes(String(keys)), String(keys));
  assert.deepEqual(await keysOf(views), ["allusers"]);
});

test("files that are no views are left alone, and not told", async () => {
  const folder = await withOneView();
  for (const name of [".DS_Store", "Channel.json", "notes.txt", "channel/=.json"]) {
    await writeFile(join(folder, "generation-1", name), "");
  }
  const views = await FileViews.open(folder);
  assert.deepEqual(await keysOf(views), [overview]);
});

test("what was said is for the owner of the process alone", async () => {
  const folder = await withOneView();
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  assert.equal(await modeOf(folder), "700");
  assert.equal(await modeOf(join(folder, "generation-1")), "700");
  assert.equal(await modeOf(join(folder, "generation-1", "channel")), "700");
  assert.equal(await modeOf(file(folder)), "600");
});
