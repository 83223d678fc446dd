// Writes views while calls on files fail, each call in turn, and checks what is left each time. Runs under faulty.c;
// argument: its places, as JSON. Says how many faults each scenario has met.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { FileViews } from "../../../edge/views/file_views.ts";
import { lookThrough } from "../../../edge/views/folder.ts";
import { type ViewStore, ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { type Fault, Faults, type Places } from "../faults/faults.ts";
import { absent, bytesOf, overview, read } from "./views.ts";

const places: Places = JSON.parse(process.argv[2] ?? "");
const faults = new Faults(places);
const keys = [overview, "messages/random/1"] as const;
const old = "as it was";
const latest = "as it is now, and a little longer";

/** What is done while a call fails: it ends well, or with ViewsUnavailable. */
type Step = (views: FileViews, folder: string) => Promise<void>;

async function replace(views: ViewStore, key: string, text: string): Promise<void> {
  const view = await views.read(key);
  const { kind } = await views.write(key, bytesOf(text), view === undefined ? absent : { ifMatch: view.etag });
  assert.equal(kind, "written");
}

const steps: Record<string, Step> = {
  replacing: (views) => replace(views, overview, latest),
  beginning: (views) => replace(views, keys[1], latest),
  reading: async (views) => assert.equal(await read(views, overview), old),
  opening: async (_, folder) => (await FileViews.open(`${folder}-again`)).close(),
  openingFirst: async (_, folder) => (await FileViews.open(`${folder}-first`)).close(),
  switching: async (views) => {
    const next = await views.begin();
    try {
      for (const key of keys) await replace(next, key, latest);
      await views.switchTo(next);
    } finally {
      await next.close();
    }
  },
};

/** One fault in one step, in a folder of its own; answers whether it was met. */
async function withFault(name: string, step: Step, fault: Fault, nth: number): Promise<boolean> {
  const part = `${name}-${fault.calls}-${fault.error}-${fault.halves ?? false}-${nth}`;
  const folder = join(places.folder, part);
  let views = await FileViews.open(folder);
  await replace(views, overview, old);
  if (name === "reading") {
    // From the file: what was written just now is in memory as well.
    await views.close();
    views = await FileViews.open(folder);
  }
  // As a process leaves it that is gone.
  if (name === "opening") cpSync(folder, `${folder}-again`, { recursive: true });

  faults.arm({ ...fault, nth });
  const error: unknown = await step(views, folder).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { failed } = faults.disarm();
  assert.ok(error === undefined || error instanceof ViewsUnavailable, `${part}: ${error}`);

  const left = await contents(views);
  const wanted = name === "replacing" || name === "beginning" ? await wrote(name) : undefined;
  if (error === undefined && wanted !== undefined) assert.deepEqual(left, wanted, `${part} was acknowledged`);
  assert.ok(
    possible.some((each) => JSON.stringify(each) === JSON.stringify(left)),
    `${part}: ${JSON.stringify(left)}`,
  );
  // Nobody but the next opening could clear away what is left here, and a disk may be full of it.
  const { files } = await lookThrough(join(folder, views.generation));
  assert.ok(fault.calls.includes("unlink") || !files.some((file) => file.endsWith(".tmp")), `${part}: ${files}`);
  await survives(folder, left, part);

  // What could not be done can be done now, and is acknowledged only when it stays.
  for (const key of keys) await replace(views, key, "again");
  await views.close();
  await survives(folder, ["again", "again"], part);
  if (name === "openingFirst") await (await FileViews.open(`${folder}-first`)).close();
  return failed > 0;
}

const possible = [
  [old, undefined],
  [latest, undefined],
  [old, latest],
  [latest, latest],
];
const wrote = async (name: string) => (name === "replacing" ? [latest, undefined] : [old, latest]);
const contents = async (views: ViewStore) => Promise.all(keys.map((key) => read(views, key)));

/** Opened again, after a crash or a loss of power, the views are as they were told, and nothing is left over. */
async function survives(folder: string, told: readonly unknown[], part: string): Promise<void> {
  for (const left of [join(places.durable, folder.slice(places.folder.length + 1)), folder]) {
    // A copy: whoever wrote it goes on with its own.
    const place = mkdtempSync(join(dirname(places.folder), "left-"));
    cpSync(left, place, { recursive: true });
    const views = await FileViews.open(place);
    assert.deepEqual(await contents(views), told, `${part}, ${left}`);
    await views.close();
    const { files } = await lookThrough(place);
    rmSync(place, { recursive: true });
    assert.deepEqual(
      files.filter((file) => !/^(?:current|generation-\d+\/.+\.json)$/.test(file)),
      [],
    );
  }
}

/** What could neither be made durable nor be taken back is out of the journal before anybody reads. */
async function unsettled(): Promise<void> {
  const folder = join(places.folder, "unsettled");
  const views = await FileViews.open(folder);
  await replace(views, overview, old);
  faults.arm({ calls: ["sync"], nth: 1, error: "EIO", persists: true });
  await assert.rejects(replace(views, overview, latest), ViewsUnavailable);
  await assert.rejects(views.read(overview), ViewsUnavailable);
  await assert.rejects(views.write(overview, bytesOf(latest), absent), ViewsUnavailable);
  faults.arm({ calls: ["sync"], nth: 100, error: "EIO" });
  assert.equal(await read(views, overview), old);
  assert.ok(faults.disarm().seen > 0, "what stands in the journal was put into the files");
  await survives(folder, [old, undefined], "unsettled");
  await views.close();
}

/** How many times something is made durable: the shim takes names to be so by themselves, a disk does not. */
async function counted(): Promise<void> {
  const views = await FileViews.open(join(places.folder, "counted"));
  const syncs = async (task: () => Promise<unknown>) => {
    faults.arm({ calls: ["sync"], nth: 1_000, error: "EIO" });
    await task();
    return faults.disarm().seen;
  };
  assert.equal(await syncs(() => replace(views, overview, old)), 2, "the journal's name, and the journal");
  assert.equal(await syncs(() => replace(views, overview, latest)), 1, "the journal");
  const left = join(places.folder, "counted-left");
  cpSync(join(places.folder, "counted"), left, { recursive: true });
  // What is found; then the folder of the file, the file, the names in it and beside it; then that the journal is gone.
  assert.equal(await syncs(async () => (await FileViews.open(left)).close()), 6);
  // The folder of the file and its name, the file, the names in its folder and beside it, and that the journal is gone.
  assert.equal(await syncs(() => views.close()), 5);
}

/** What is written while a switch fails is acknowledged only when it is sure which generation is the current one. */
async function writtenMeanwhile(nth: number): Promise<boolean> {
  const folder = join(places.folder, `meanwhile-${nth}`);
  const views = await FileViews.open(folder);
  await replace(views, overview, old);
  const next = await views.begin();
  await replace(next, overview, "new");
  faults.arm({ calls: ["sync"], nth, error: "EIO" });
  let switched: boolean | undefined;
  const switching = views.switchTo(next).then(
    () => true,
    () => false,
  );
  void switching.then((done) => {
    switched = done;
  });
  // The last that was acknowledged, and those after it that were not: they may be there all the same.
  let left = [old];
  for (let count = 1; switched === undefined; count += 1) {
    left.push(`${count}`);
    await replace(views, overview, `${count}`).then(
      () => {
        left = [`${count}`];
      },
      () => undefined,
    );
  }
  const { failed } = faults.disarm();
  const copy = await FileViews.open(join(places.durable, `meanwhile-${nth}`));
  const stays = (await read(copy, overview)) ?? "none";
  assert.ok(left.includes(stays) || (switched && stays === "new"), `${nth}: ${stays}, but it was ${left}`);
  await copy.close();
  await views.close();
  return failed > 0;
}

const kinds: readonly Fault[] = [
  { calls: ["write"], nth: 1, error: "ENOSPC" },
  { calls: ["write"], nth: 1, error: "EIO", halves: true },
  { calls: ["sync"], nth: 1, error: "EIO" },
  { calls: ["rename"], nth: 1, error: "EIO" },
  { calls: ["open"], nth: 1, error: "EMFILE" },
  { calls: ["unlink"], nth: 1, error: "EIO" },
  // Two in a row: the first one, and whatever is done about it.
  { calls: ["sync", "rename", "unlink"], nth: 1, error: "EIO", persists: true },
  { calls: ["write", "open"], nth: 1, error: "ENOSPC", persists: true },
];

const met: Record<string, number> = {};
for (const [name, step] of Object.entries(steps)) {
  met[name] = 0;
  for (const fault of kinds) {
    let nth = 1;
    while (await withFault(name, step, fault, nth)) nth += 1;
    met[name] += nth - 1;
  }
}
await unsettled();
await counted();
met.meanwhile = 0;
while (await writtenMeanwhile(met.meanwhile + 1)) met.meanwhile += 1;
faults.close();
process.stdout.write(JSON.stringify(met));
