// Commands without end: of the chat's own kind, then bent, broken and sent to the wrong address.
import { bytesOf } from "../places/session.ts";
import { chatIntent, type Intent, type Mood } from "./chat.ts";
import { knock, type Samples } from "./doors.ts";
import { compact, type Json, type Layout, loose, type Members, members, raw, write } from "./json.ts";
import type { Random } from "./random.ts";
import type { Kind, Recorder, Source } from "./recorder.ts";
import { spoilBytes, spoilShape } from "./spoil.ts";
import { channelName, oddIds, text } from "./words.ts";
import type { Stream, World } from "./world.ts";

const noon = 1_700_000_000_000;
const plainMood: Mood = { nasty: 5, wrong: 5 };
const moods: Partial<Record<Kind, Mood>> = { unicode: { nasty: 70, wrong: 5 }, refused: { nasty: 5, wrong: 70 } };

const oddMoments = ["-1", "-0", "1.0", "1e3", "9007199254740992", '"1"', "null"];

const kinds: readonly (readonly [number, Kind])[] = [
  [36, "plain"],
  [14, "unicode"],
  [8, "layout"],
  [12, "refused"],
  [10, "shape"],
  [10, "bytes"],
  [3, "context"],
  [2, "many"],
  [5, "doors"],
];

export class Generator implements Source {
  readonly #random: Random;
  readonly #world: World;
  readonly #samples: Samples;
  readonly #opened = new Set<string>();
  readonly #scratch: readonly number[];
  #left: number;
  #at = noon;

  /** `commands` is how many there will be. */
  constructor(random: Random, world: World, samples: Samples, commands: number) {
    this.#random = random;
    this.#world = world;
    this.#samples = samples;
    this.#left = commands;
    this.#scratch = [world.slot(), world.slot(), world.slot()];
  }

  fill(recorder: Recorder, size: number): void {
    if (this.#left === 0) return;
    while (this.#world.missingChannels() > 0) this.#world.addChannel();
    for (const stream of [...this.#world.channels, ...this.#world.users]) this.#open(recorder, stream);
    const before = recorder.commands;
    while (recorder.commands - before < size && this.#left > 0) {
      const kind = this.#random.weighted(kinds);
      const commands = recorder.commands;
      if (kind === "doors") knock(this.#random, this.#samples, this.#scratch, recorder);
      else if (kind === "many" && this.#left >= 12) this.#many(recorder);
      else this.#one(recorder, kind === "many" ? "plain" : kind);
      this.#left -= recorder.commands - commands;
    }
  }

  #open(recorder: Recorder, { stream, slot }: Stream): void {
    if (this.#opened.has(stream)) return;
    this.#opened.add(stream);
    recorder.add("state", "open", slot, stream.slice(0, stream.indexOf("-")), stream);
  }

  #one(recorder: Recorder, kind: Kind): void {
    const random = this.#random;
    const intent = chatIntent(random, this.#world, moods[kind] ?? plainMood);
    const layout = kind === "layout" ? loose(random) : compact;
    const envelope = this.#envelope(intent);
    const tree = kind === "shape" ? spoilShape(random, envelope) : envelope;
    const context = kind === "context" ? this.#oddContext(intent) : write(this.#context(intent), compact);
    const written = bytesOf(write(tree, kind === "shape" && random.chance(30) ? loose(random) : layout));
    const command = kind === "bytes" ? spoilBytes(random, written) : written;
    const slot = random.chance(1) ? random.pick(this.#world.channels).slot : intent.stream.slot;
    recorder.add(kind, random.chance(95) ? "act" : "decide", slot, command, context);
  }

  /** Several commands of one person to one stream, as lines. */
  #many(recorder: Recorder): void {
    const random = this.#random;
    const first = chatIntent(random, this.#world, plainMood);
    const lines: string[] = [];
    for (let left = random.between(2, 12); left > 0; left--) {
      const intent = this.#intentFor(first.stream);
      const envelope = this.#envelope(intent);
      lines.push(write(random.chance(15) ? spoilShape(random, envelope) : envelope, compact));
      if (random.chance(5)) lines.push(random.pick(["", " ", "\r"]));
    }
    const commands = lines.filter((line) => line.trim() !== "").length;
    const text = lines.join("\n") + (random.chance(50) ? "\n" : "");
    recorder.addMany("many", "many", first.stream.slot, commands, text, write(this.#context(first), compact));
  }
  #intentFor(stream: Stream): Intent {
    for (;;) {
      const intent = chatIntent(this.#random, this.#world, plainMood);
      if (intent.stream === stream || this.#random.chance(3)) return { ...intent, stream };
    }
  }

  #envelope({ stream, type, data }: Intent): Members {
    const random = this.#random;
    this.#at += random.below(40);
    const expected = random.chance(4) ? Math.max(0, stream.version + random.pick([0, 0, 0, 1, -1])) : undefined;
    return members(
      ["id", random.uuid(this.#at)],
      ["stream", stream.stream],
      ["type", type],
      ["expectedVersion", expected],
      ["data", data],
    );
  }

  #context({ actor, data }: Intent): Members {
    const random = this.#random;
    const strange = () => random.list(random.below(3), () => random.pick(["admin", "", "prüfer", 'a"b']));
    const roles = random.chance(30) ? strange() : undefined;
    const wanted = data.members.find(([key]) => key === "name")?.[1];
    const name = () => (typeof wanted === "string" && random.chance(50) ? wanted : channelName(random));
    const claimed = () => random.list(random.below(4), () => `channel-name:${name()}`);
    const weather = random.chance(20) ? "fine" : undefined;
    const facts = random.chance(8) ? members(["claimed", claimed()], ["weather", weather]) : undefined;
    const at = random.chance(1) ? random.pick([0, Number.MAX_SAFE_INTEGER]) : this.#at;
    return members(["at", at], ["actor", members(["id", actor], ["roles", roles])], ["facts", facts]);
  }

  #oddContext(intent: Intent): Uint8Array {
    const random = this.#random;
    const { actor } = intent;
    const context = this.#context(intent);
    const odd = (name: string, value: Json): Members => ({
      members: context.members.map(([key, old]) => [key, key === name ? value : old] as const),
    });
    const layout: Layout = random.chance(30) ? loose(random) : compact;
    return random.weighted<() => Uint8Array>([
      [30, () => spoilBytes(random, bytesOf(write(context, compact)))],
      [20, () => bytesOf(write(spoilShape(random, context), layout))],
      [10, () => bytesOf(write(odd("at", raw(random.pick(oddMoments))), layout))],
      [10, () => bytesOf(write(odd("actor", members(["id", random.pick(oddIds)])), layout))],
      [10, () => bytesOf(write(odd("actor", members(["id", actor], ["roles", [text(random, 60), 1]])), layout))],
      [10, () => bytesOf(write({ members: [...context.members, ["facts", raw('{"claimed":[1]}')]] }, layout))],
      [10, () => bytesOf(write(context, loose(random)))],
    ])();
  }
}
