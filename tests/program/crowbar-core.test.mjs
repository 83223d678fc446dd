import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const program = process.env.CROWBAR_CORE ?? fileURLToPath(new URL("../../build/dev/crowbar-core", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "crowbar-core-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs the program; `lines` are values or texts, a line each. */
function core(args, lines = []) {
  const input = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
  const json = () =>
    stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  return { status, stdout, stderr, json };
}
function file(name, text) {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const noon = 1_700_000_000_000;
const byAda = ["--at", String(noon), "--actor", "ada"];
const id = (n) => `018bcfe5-6800-7000-8000-${String(n).padStart(12, "0")}`;
const command = (n, stream, type, data) => ({ id: id(n), stream, type, data });
const createGeneral = command(1, "channel-general", "create_channel", { name: "general", description: "" });
const say = (n, text) => command(n, "channel-general", "send_message", { messageId: `m${n}`, text });
const register = command(9, "user-ada", "register_user", { name: "Ada" });
const codes = (verdicts) => verdicts.map(({ accepted, rejection }) => (accepted ? "accepted" : rejection.code));

test("commands of several streams are decided, each on what the ones before it left", () => {
  const { status, stderr, json } = core(byAda, [createGeneral, say(2, " hi "), register, "", register]);
  assert.equal(status, 0);
  assert.equal(stderr, "");
  assert.deepEqual(codes(json()), ["accepted", "accepted", "accepted", "user_already_registered"]);
  const [, sent] = json();
  assert.equal(sent.version, 2);
  assert.deepEqual(sent.events[0].data, { messageId: "m2", text: "hi" });
  assert.deepEqual(sent.events[0].actor, { id: "ada", roles: [] });
  assert.equal(sent.events[0].domain, "0".repeat(64));
});

test("a malformed command is named with its line, has a verdict, and the rest goes on", () => {
  const strange = { ...say(3, "hi"), colour: "red" };
  const nowhere = command(4, "cat-tom", "purr", {});
  const input = file(
    "commands.ndjson",
    [createGeneral, strange, "{", nowhere, say(5, "so")]
      .map((line) => (typeof line === "string" ? line : JSON.stringify(line)))
      .join("\n"),
  );
  const { status, stderr, json } = core([...byAda, input]);
  assert.equal(status, 1);
  assert.deepEqual(codes(json()), ["accepted", "unknown_key", "unexpected_end", "unknown_aggregate", "accepted"]);
  const said = stderr.trimEnd().split("\n");
  assert.equal(said.length, 3);
  assert.match(said[0], /commands\.ndjson:2: The key "colour" is not known here\. \(unknown_key at \/colour\)$/);
  assert.match(said[1], /commands\.ndjson:3: .*\(unexpected_end/);
  assert.match(said[2], /commands\.ndjson:4: .*\(unknown_aggregate/);
});

test("a rejection by a rule and a conflict are answers, and no error", () => {
  const late = { ...say(2, "hi"), expectedVersion: 7 };
  const { status, stderr, json } = core(byAda, [say(3, "hi"), createGeneral, late]);
  assert.deepEqual(codes(json()), ["channel_not_found", "accepted", "version_conflict"]);
  assert.equal(status, 0);
  assert.equal(stderr, "");
});

test("each line may bring a context of its own", () => {
  const by = (actor) => ({ at: noon, actor: { id: actor, roles: ["admin"] } });
  const lines = [
    { command: createGeneral, context: by("ada") },
    { command: say(2, "hi"), context: by("bob") },
    { command: say(3, "hi"), context: { at: -1, actor: { id: "ada" } } },
    { command: say(4, "hi") },
  ];
  const { status, json } = core(["--with-context"], lines);
  assert.deepEqual(codes(json()), ["accepted", "not_a_member", "value_out_of_range", "missing_key"]);
  assert.equal(json()[2].rejection.pointer, "/context/at");
  assert.deepEqual(json()[0].events[0].actor, { id: "ada", roles: ["admin"] });
  assert.equal(status, 1);
});

test("the context is said in parts or whole, with facts", () => {
  const facts = { claimed: ["channel-name:general"] };
  const parts = core([...byAda, "--role", "admin", "--facts", JSON.stringify(facts)], [createGeneral]);
  const whole = JSON.stringify({ at: noon, actor: { id: "ada", roles: ["admin"] }, facts });
  assert.deepEqual(codes(parts.json()), ["channel_name_taken"]);
  assert.equal(core(["--context-json", whole], [createGeneral]).stdout, parts.stdout);
});

test("events flow from deciding to folding and to views", () => {
  const decided = core(
    [...byAda, "--events", "--domain", "ab".repeat(32)],
    [createGeneral, say(2, "hi"), register, say(2, "no")],
  );
  assert.equal(decided.status, 0);
  assert.match(decided.stderr, /^-:4: .*\(message_id_taken at \/data\/messageId\)\n$/);
  const events = file("events.ndjson", decided.stdout);
  assert.equal(
    core(["--fold", events]).stdout,
    '{"stream":"channel-general","version":2}\n{"stream":"user-ada","version":1}\n',
  );
  const [view] = core(["--view", "messages/general/1", events]).json();
  assert.deepEqual(view.data, [{ messageId: "m2", userId: "ada", text: "hi", at: noon, reactions: {} }]);
  assert.deepEqual(view.checkpoint, { "channel-general": 2 });
  const [verdict] = core([...byAda, "--given", events], [say(2, "hi")]).json();
  assert.deepEqual([verdict.accepted, verdict.version, verdict.events], [true, 2, []]);
});

test("a stream halts at its first event that cannot be folded; the others go on", () => {
  const lines = core(
    [...byAda, "--events"],
    [createGeneral, say(2, "a"), say(3, "b"), say(4, "c"), register],
  ).stdout.split("\n");
  const gapped = [lines[0], lines[2], lines[3], lines[4]].join("\n");
  const folded = core(["--fold"], [gapped]);
  assert.equal(folded.status, 1);
  assert.equal(folded.stdout, '{"stream":"channel-general","version":1}\n{"stream":"user-ada","version":1}\n');
  assert.match(folded.stderr, /^-:2: Expected version 2 of stream channel-general, got 3\. \(version_gap/);
  assert.match(folded.stderr, /channel-general halted at version 1: 1 later events left out\n$/);
  const viewed = core(["--view", "allusers"], [gapped]);
  assert.equal(viewed.status, 0);
  const [channels] = core(["--view", "allchannels"], [gapped]).json();
  assert.deepEqual(channels.checkpoint, { "channel-general": 1 });
});

test("files are checked to be strict JSON, one verdict each", () => {
  const good = file("good.json", '{"a":[1,true,null,"é"]}');
  const bad = file("bad.json", '{"a":1,"a":2}');
  const { status, json } = core(["--check", good, bad]);
  assert.equal(status, 1);
  assert.deepEqual(json()[0], { input: good, strict: true });
  assert.equal(json()[1].fault.code, "duplicate_key");
  assert.equal(core(["--check", good]).status, 0);
});

test("a session answers each request, whatever bytes its operands are", () => {
  const requests =
    'open 1 7 9\nchannelchannel-a\nfold 1 2\n\n\0\ncheck 0 3\n"\xff"\nversion 1\n\nadmits 1 3\nada\nclose 1\n\nversion 1\n\n';
  const batch = Buffer.from(requests, "latin1");
  const { stdout, status } = spawnSync(program, ["--session"], {
    input: Buffer.concat([Buffer.from(`${batch.length}\n`), batch]),
  });
  assert.equal(status, 0);
  const text = stdout.toString();
  assert.match(
    text,
    /^\d+\nyes 0\n\nno \d+\n\{"code":"nul_byte".*\nno \d+\n\{"code":"invalid_utf8".*\nyes 1\n0\nyes 5\nfalse\nyes 0\n\nno 2\n-1\n$/,
  );
});

test("a request that is none ends the session", () => {
  const broken = [
    "purr 1\n\n",
    "open 1 7 9\nchannel",
    "open x\n\n",
    "open 1048576 1 1\nab\n",
    "version 1 \n\n",
    "version 1\n",
  ];
  for (const request of broken) {
    const { status, stderr } = core(["--session"], [`${request.length}\n${request}`]);
    assert.match(stderr, /request of the session is none/, request);
    assert.equal(status, 2, request);
  }
});

test("what cannot be measured is said", () => {
  const fold = core(
    ["--bench", "fold", "--rounds", "3"],
    [core([...byAda, "--events"], [createGeneral]).stdout.trimEnd()],
  );
  const [{ case: name, ns, count, rounds }] = fold.json();
  assert.deepEqual([name, ns > 0, count, rounds], ["fold", true, 1, 3]);
  assert.equal(core(["--bench", "purr"], ["{}"]).status, 1);
});

test("a wrong command line is said in one sentence, and is exit code 2", () => {
  const wrong = [
    [[], /wants either --at and --actor, or --context-json, or --with-context/],
    [["--purr"], /--purr is no option/],
    [["--at", "soon", "--actor", "ada"], /--at wants milliseconds/],
    [["--at", "5"], /--at and --actor belong together/],
    [["--at", "5", "--actor", "not an id"], /The context is malformed: id_invalid at \/context\/actor\/id/],
    [["--fold", "--check"], /Only one of/],
    [["--fold", "--context", "bank"], /There is no context bank/],
    [["--fold", "--domain", "xyz"], /64 hexadecimal digits/],
    [["--view", "purr"], /there is no view "purr"/],
    [["--bench", "fold", "--rounds", "0"], /--rounds wants a number above 0/],
  ];
  for (const [args, sentence] of wrong) {
    const { status, stderr, stdout } = core(args);
    assert.match(stderr, sentence);
    assert.deepEqual([args, status, stdout], [args, 2, ""]);
  }
});

test("a file that cannot be read is exit code 3", () => {
  const { status, stderr } = core(["--fold", join(folder, "nowhere")]);
  assert.equal(status, 3);
  assert.match(stderr, /nowhere cannot be read: No such file or directory/);
});

test("the manual says shapes, units, errors, exit codes and source", () => {
  const { status, stdout } = core(["--help"]);
  assert.equal(status, 0);
  for (const word of ["milliseconds", "EXIT CODES", "ERRORS", "SOURCE", '"accepted":true', "--given FILE"])
    assert.ok(stdout.includes(word), word);
  const long = stdout.split("\n").filter((line) => line.length > 120);
  assert.deepEqual(long, []);
  assert.match(core(["--version"]).stdout, /^crowbar-core \d+\.\d+\.\d+\n$/);
});
