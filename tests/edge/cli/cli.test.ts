import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { perform } from "../../../edge/cli/program.ts";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { folder, folderOf } from "./folders.ts";
import { slice } from "./memory_stack.ts";
import { crowbar, here, lines, start } from "./program.ts";

const log = folderOf({
  "2005-06-06.txt": "[09:00] <ada> hi\n=== mode/#ubuntu [+o ada]  by ChanServ\n[09:01] <bob> hello\n",
});
const importLog = (data: string) => ["import", "irc", log, "--channel", "general", "--data", data];

/** Resolves when that holds; a test that hangs is ended by its own time. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5);
}

test("--help says what there is, where it works, and how it ends", async () => {
  const { code, out, err } = await crowbar(["--help"]);
  assert.deepEqual([code, err], [0, ""]);
  for (const word of ["import", "export", "verify", "replay", "events", "redrive", "stats", "token"]) {
    assert.match(out, new RegExp(`^  ${word} `, "m"));
  }
  assert.match(out, /^EXIT CODES\n {2}0 {3}done$/m);
  assert.equal((await crowbar(["import", "irc", "--help"])).code, 0);
});

test("it starts under the Node of the system, too", async (t) => {
  const nodes = (process.env.PATH ?? "")
    .split(delimiter)
    .map((path) => join(path, "node"))
    .filter(existsSync);
  const versionOf = (node: string) =>
    Number(execFileSync(node, ["-p", "process.versions.node.split('.')[0]"]).toString());
  const older = nodes.find((node) => versionOf(node) < 24);
  if (older === undefined) return t.skip("there is no older Node here");
  const { code, out } = await crowbar(["--help"], { node: older });
  assert.deepEqual([code, out.startsWith("Usage: crowbar")], [0, true]);
  assert.equal((await crowbar(["fly"], { node: older })).code, 2);
});

test("a wrong command line ends with 2 and says why", async () => {
  const data = join(folder(), "data");
  const others = folderOf({ "notes.txt": "something else" });
  for (const [args, message] of [
    [[], /Usage: crowbar/],
    [["fly"], /unknown command 'fly'/],
    [["import"], /Usage: crowbar import/],
    [["import", "irc"], /--channel <name>' not specified/],
    [["import", "irc", "--channel", "x"], /missing required argument 'dir'/],
    [["events", "channel-x", "--after", "-1"], /Give a whole number/],
    [["stats", "--data", ""], /This is no folder/],
    [["verify", "--loudly"], /unknown option '--loudly'/],
    [["verify", "--data", data], /^crowbar: There is no data in .*data\. Say where it is/],
    ...(["verify", "replay", "stats", "redrive"] as const).map(
      (name) => [[name, "--data", others], /^crowbar: There is no data in /] as const,
    ),
    [["verify", "--data", join(others, "notes.txt")], /^crowbar: .*notes\.txt is no folder\.$/m],
    [["import", "slack", "x.zip", "--data", join(others, "notes.txt")], /^crowbar: .*notes\.txt is no folder\.$/m],
    [["token", "ada", "--url", "here"], /^crowbar: here is no URL\.$/m],
  ] as const) {
    let err = "";
    const code = await perform(args, {
      print: () => assert.fail(),
      screen: { write: (text) => (err += text) },
      signal: new AbortController().signal,
      open: () => assert.fail(),
    });
    assert.equal(code, 2, err);
    assert.match(err, message);
  }
  assert.ok(!existsSync(data));
  assert.deepEqual(readdirSync(others), ["notes.txt"], "who only looks makes nothing");
});

test("input that is not there, or is none, ends with 2 and says so in plain words", async () => {
  const data = join(folder(), "data");
  for (const [args, message] of [
    [["import", "irc", join(data, "none"), "--channel", "x"], /^crowbar: .*none is not there\.$/m],
    [["import", "slack", fileURLToPath(import.meta.url)], /^crowbar: .* is no zip file: /m],
    [["import", "irc", log, "--channel", "Channel"], /^crowbar: A channel's name is .* \(channel_name_invalid\)$/m],
  ] as const) {
    const { code, out, err } = await here([...args, "--data", data]);
    assert.deepEqual([code, out], [2, ""], err);
    assert.match(err, message);
  }
});

test("a log goes in, and every command works on it", async () => {
  const data = join(folder(), "data");
  const report = join(folder(), "report.ndjson");
  const first = await crowbar([...importLog(data), "--report", report]);
  assert.equal(first.code, 0, first.err);
  assert.match(
    first.out,
    /^channel-general: 3 lines of 1 files, 2 people\nused 2: messages 2\nleft out 1: form_unknown 1\n/,
  );
  assert.match(first.err, /^2005-06-06\.txt:2: The line has none of the known forms\. \(form_unknown\)/m);
  assert.deepEqual(lines(readFileSync(report, "utf8")), [
    {
      ...{ file: "2005-06-06.txt", line: 2, code: "form_unknown" },
      ...{ message: "The line has none of the known forms.", text: "=== mode/#ubuntu [+o ada]  by ChanServ" },
    },
  ]);
  const second = await here([...importLog(data), "--strict", "--json"]);
  assert.equal(second.code, 1);
  const [leftOut, result] = lines(second.out);
  assert.equal(leftOut.leftOut.line, 2);
  assert.equal(result.events, 0);

  const verified = await here(["verify", "--json", "--data", data]);
  assert.deepEqual([verified.code, lines(verified.out)[0].findings], [0, {}]);
  const events = await here(["events", "channel-general", "--after", "1", "--data", data]);
  assert.deepEqual(
    lines(events.out).map(({ type }) => type),
    [...["user_joined_channel", "message_sent", "user_joined_channel", "message_sent"]],
  );
  assert.equal((await here(["events", "channel-none", "--data", data])).code, 2);
  const stats = await here(["stats", "--json", "--data", data]);
  const [{ streams, events: counted, views, log: positions, bytes }] = lines(stats.out);
  assert.deepEqual(
    [streams, counted],
    [
      { channel: 1, user: 3 },
      { channel: 5, user: 3 },
    ],
  );
  assert.deepEqual([views.messages.views, positions.events], [1, 8]);
  assert.ok(bytes > 0);
  assert.match((await here(["stats", "--data", data])).out, /^ {2}channel +1 +5$/m);
  assert.match((await here(["replay", "--data", data])).out, /^4 views of 8 events in /);
  assert.equal((await here(["redrive", "--data", data])).out, "0 let go on, 0 still halted\n");
  const archive = join(folder(), "archive.zip");
  assert.equal((await here(["export", "slack", archive, "--data", data])).code, 0);
  assert.equal((await here(["export", "slack", archive, "--data", data])).code, 2);
  const other = join(folder(), "data");
  const imported = await here(["import", "slack", archive, "--data", other, "--strict"]);
  assert.equal(imported.code, 0, imported.err);
  assert.match((await here(["verify", "--data", other])).out, /^All is well: streams 4 /);
});

test("where a process has the data, the others work inside it; Ctrl-C ends what it does", {
  timeout: 60_000,
}, async () => {
  const data = join(folder(), "data");
  await openEventStore(join(data, "log")).close();
  const following = start(["events", "channel-general", "--follow", "--data", data]);
  await until(() => existsSync(join(data, "control.sock")));
  const [imported, stats] = await Promise.all([crowbar(importLog(data)), crowbar(["stats", "--data", data])]);
  assert.deepEqual([imported.code, stats.code], [0, 0], imported.err + stats.err);
  assert.equal((await crowbar(["verify", "--data", data])).code, 0);
  assert.equal((await crowbar(["import", "irc", data, "--channel", "x", "--data", data])).code, 2);
  following.child.kill("SIGINT");
  const { code, out, err } = await following.ended;
  assert.equal(code, 130, err);
  assert.equal(lines(out).length, 5);
  assert.ok(!existsSync(join(data, "control.sock")));
});

test("data that a process has which does not listen are left to it, and who has them is named", async () => {
  const data = join(folder(), "data");
  const store = openEventStore(join(data, "log"));
  const { code, err } = await crowbar(["stats", "--data", data]);
  await store.close();
  assert.equal(code, 3, err);
  assert.match(err, new RegExp(`^crowbar: .*log is held by .*\\b${process.pid}\\b`));
});

test("an import that is killed goes on where it was", { timeout: 120_000 }, async () => {
  const data = join(folder(), "data");
  const args = ["import", "irc", slice, "--channel", "ubuntu", "--json"];
  const wal = join(data, "log", "store.db-wal");
  // A little further each time.
  for (const bytes of [1, 100_000, 300_000, 600_000]) {
    const importing = start([...args, "--data", data]);
    let done = false;
    void importing.ended.then(() => {
      done = true;
    });
    await until(() => done || (statSync(wal, { throwIfNoEntry: false })?.size ?? 0) > bytes);
    importing.child.kill("SIGKILL");
    await importing.ended;
  }
  const last = await crowbar([...args, "--data", data]);
  assert.equal(last.code, 0, last.err);
  const whole = join(folder(), "data");
  const once = await here([...args, "--data", whole]);
  assert.deepEqual(lines(last.out).slice(0, -1), lines(once.out).slice(0, -1));
  const [one, other] = await Promise.all(
    [data, whole].map(async (each) => {
      const verified = await here(["verify", "--data", each]);
      assert.equal(verified.code, 0, verified.out);
      const said = await here(["events", "channel-ubuntu", "--data", each]);
      return lines(said.out);
    }),
  );
  assert.deepEqual(one, other);
});

test("a view that the rules do not have cannot be redriven", async () => {
  const data = join(folder(), "data");
  await here(importLog(data));
  const { code, err } = await here(["redrive", "chanel/general", "--data", data]);
  assert.equal(code, 2);
  assert.match(err, /^crowbar: There is no view chanel\/general\.$/m);
  assert.equal((await here(["redrive", "channel/general", "--data", data])).code, 0);
});

test("whoever reads only the beginning of an answer is no error", async () => {
  const data = join(folder(), "data");
  await crowbar(["import", "irc", slice, "--channel", "ubuntu", "--data", data]);
  const events = start(["events", "channel-ubuntu", "--data", data]);
  events.child.stdout?.once("data", () => events.child.stdout?.destroy());
  const { promise, resolve } = Promise.withResolvers<number | null>();
  events.child.once("exit", resolve);
  events.ended.catch(() => {});
  assert.equal(await promise, 0);
});

test("before the rules are built, --help works, and everything else says what to run", async () => {
  const root = folder();
  const repository = fileURLToPath(new URL("../../../", import.meta.url));
  cpSync(join(repository, "edge"), join(root, "edge"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  mkdirSync(join(root, "node_modules", "@crowbar"), { recursive: true });
  mkdirSync(join(root, "wasm"));
  cpSync(join(repository, "wasm", "package.json"), join(root, "wasm", "package.json"));
  symlinkSync(join(root, "wasm"), join(root, "node_modules", "@crowbar", "domain"));
  for (const name of readdirSync(join(repository, "node_modules"))) {
    if (name !== "@crowbar") symlinkSync(join(repository, "node_modules", name), join(root, "node_modules", name));
  }
  const own = join(repository, "edge", "node_modules");
  if (existsSync(own)) symlinkSync(own, join(root, "edge", "node_modules"));
  const program = join(root, "edge", "cli", "bin.mjs");
  assert.equal((await crowbar(["--help"], { program })).code, 0);
  const { code, err } = await crowbar(importLog(join(root, "data")), { program });
  assert.deepEqual([code, err], [2, "crowbar: The rules are not built yet. Run: npm run build\n"]);
});
