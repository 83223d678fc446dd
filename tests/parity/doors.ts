// The other doors of the core, with what does not belong there: stored events, verdicts, snapshots, views, keys and
// handles that are damaged, foreign, out of order or closed.
import { bytesOf, type Operand } from "../places/session.ts";
import type { Random } from "./random.ts";
import type { Recorder } from "./recorder.ts";
import { spoilBytes } from "./spoil.ts";
import { oddIds } from "./words.ts";
import type { StoredEvent } from "./world.ts";

const kept = 40;

/** Things that the core has made, to be damaged. */
export class Samples {
  readonly events: string[] = [];
  readonly verdicts: string[] = [];
  readonly snapshots: Uint8Array[] = [];
  readonly views: Uint8Array[] = [];
  /** A snapshot that another module made. */
  foreign = new Uint8Array(0);

  keep<T>(list: T[], sample: T): void {
    list.push(sample);
    if (list.length > kept) list.shift();
  }
}

const aggregates = ["channel", "user", "", "Channel", "channels", "cat", "channel\u0000", "__proto__"];
const viewKeys = [
  ...[
    "allchannels",
    "allusers",
    "channel/general",
    "messages/general/1",
    "messages/channel-general/2",
    "messages/a/1000000000",
  ],
  ...["", "all", "allchannels/", "allchannels/x", "channel", "channel/", "channel/a/1", "messages/a", "messages/a/0"],
  ...[
    "messages/a/01",
    "messages/a/-1",
    "messages/a/1/",
    "messages/a/1000000001",
    "messages/a/9".padEnd(60, "9"),
    "messages//1",
  ],
  ...["channel/-a", "channel/ä", `channel/${"x".repeat(129)}`, "channel/channel-channel-a", "messages/\u0000/1"],
];

/** A stored event with one thing changed that is well-formed by itself. */
function changed(random: Random, line: string): string {
  const event = JSON.parse(line) as { [key: string]: unknown } & StoredEvent;
  const change = random.pick<readonly [string, unknown]>([
    ["version", event.version + random.pick([1, 2, -1])],
    ["version", 0],
    ["schema", random.pick([0, 1, 2, 3, 1_000_001])],
    ["type", random.pick(["", "message_vanished", event.type.toUpperCase()])],
    ["stream", random.pick(["channel-elsewhere", "user-ada", "", "cat-a", event.stream])],
    ["data", random.pick<unknown>([{}, [], null, { ...event.data, unknownKey: { deep: [null, true, "x"] } }])],
    ["actor", random.pick<unknown>([{}, { id: 1 }, { id: "ada", roles: [], tenant: "x" }])],
    ["unknown", [[[{}]]]],
  ]);
  return JSON.stringify({ ...event, [change[0]]: change[1] });
}

function knockWithEvent(random: Random, line: string, slot: number, recorder: Recorder): void {
  const { stream } = JSON.parse(line) as StoredEvent;
  const say = (operation: "fold" | "project" | "keys", operand: Operand) => {
    recorder.add("doors", operation, slot, operand);
  };
  const first = line.replace(/"version":\d+/, '"version":1');
  const odd = random.chance(50)
    ? changed(random, random.chance(50) ? line : first)
    : spoilBytes(random, bytesOf(first));
  const door = random.pick(["fold", "project", "keys"] as const);
  if (door === "keys") {
    say("keys", odd);
    return;
  }
  if (door === "fold") recorder.add("doors", "open", slot, stream.slice(0, stream.indexOf("-")), stream);
  else recorder.add("doors", "view", slot, random.pick(["allchannels", "allusers", `messages/${stream.slice(8)}/1`]));
  if (random.chance(50)) say(door, `${first}\n`);
  say(door, odd);
  recorder.add("doors", door === "fold" ? "snapshot" : "bytes", slot);
  recorder.add("doors", "close", slot);
}

/** A verdict at a stream that is new: most are of a later version, some of another stream, some no verdict at all. */
function knockWithVerdict(random: Random, verdict: string, slot: number, recorder: Recorder): void {
  const { stream } = JSON.parse(verdict) as { readonly stream: string };
  const opened = random.chance(70) ? stream : "channel-c1";
  recorder.add("doors", "open", slot, opened.slice(0, opened.indexOf("-")), opened);
  const bytes = random.chance(20) ? bytesOf(verdict.replace("true", "false")) : damaged(random, bytesOf(verdict));
  recorder.add("doors", "apply", slot, bytes);
}

const damaged = (random: Random, bytes: Uint8Array) => (random.chance(10) ? bytes : spoilBytes(random, bytes));

/** One or a few requests at another door than that of commands. */
export function knock(random: Random, samples: Samples, scratch: readonly number[], recorder: Recorder): void {
  const slot = random.pick(scratch);
  const id = random.pick(oddIds);
  const event = samples.events.length > 0 ? random.pick(samples.events) : undefined;
  const verdict = samples.verdicts.length > 0 ? random.pick(samples.verdicts) : undefined;
  const snapshot = samples.snapshots.length > 0 ? random.pick(samples.snapshots) : undefined;
  const view = samples.views.length > 0 ? random.pick(samples.views) : undefined;
  const aggregate = random.pick(aggregates);
  random.weighted<() => void>([
    [1, () => recorder.add("doors", "restore", slot, samples.foreign)],
    [10, () => recorder.add("doors", "open", slot, aggregate, `${random.pick([aggregate, "channel"])}-${id}`)],
    [5, () => recorder.add("doors", "open", slot, aggregate, id)],
    [30, () => event !== undefined && knockWithEvent(random, event, slot, recorder)],
    [10, () => verdict !== undefined && knockWithVerdict(random, verdict, slot, recorder)],
    [10, () => snapshot !== undefined && recorder.add("doors", "restore", slot, damaged(random, snapshot))],
    [10, () => recorder.add("doors", "view", slot, random.pick(viewKeys))],
    [10, () => view !== undefined && recorder.add("doors", "load", slot, damaged(random, view))],
    [3, () => recorder.add("doors", "begin", slot, `channel-${id}`, String(random.below(1_000)))],
    [
      10,
      () => recorder.add("doors", random.pick(["version", "claims", "snapshot", "bytes", "checkpoint", "key"]), slot),
    ],
    [5, () => recorder.add("doors", "decide", slot, "{}", "{}")],
    [3, () => recorder.add("doors", "admits", slot, random.chance(50) ? "ada" : id)],
    [5, () => recorder.add("doors", "close", slot)],
    [10, () => recorder.add("doors", "check", 0, damaged(random, bytesOf(event ?? "[]")))],
  ])();
}
