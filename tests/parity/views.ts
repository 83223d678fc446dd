// The views of all that happened, kept up to date in every place.
import type { Learner } from "./learn.ts";
import type { Recorder } from "./recorder.ts";
import type { World } from "./world.ts";

const pageSize = 100;
const chunk = 4_000; // events in one request

const channelId = (stream: string) => stream.slice("channel-".length);
const isChannel = (stream: string) => stream.startsWith("channel-");

export class Views {
  readonly #world: World;
  readonly #slots = new Map<string, number>();
  #round = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get count(): number {
    return this.#slots.size;
  }

  /** Lets the views that everybody looks at hear what happened since. */
  hear(learner: Learner, recorder: Recorder): void {
    const lines = new Map<string, string[]>();
    const put = (key: string, line: string) => {
      const part = lines.get(key);
      if (part) part.push(line);
      else lines.set(key, [line]);
    };
    for (const { stream, line } of learner.unheard.splice(0)) {
      put(isChannel(stream) ? "allchannels" : "allusers", line);
      if (isChannel(stream)) put(`channel/${channelId(stream)}`, line);
      if (isChannel(stream)) put(`messages/${channelId(stream)}/1`, line);
      recorder.add("views", "keys", learner.slots.get(stream) ?? 0, line);
      if (line.length % 7 === 0) recorder.add("views", "keys", 0, line); // without the stream at hand
    }
    for (const [key, part] of lines) this.#project(key, part, recorder);
    // A few views are compared in between: so many bytes that the rest has to wait for the end.
    const keys = [...lines.keys()];
    const key = keys[this.#round++ % Math.max(1, keys.length)];
    if (key !== undefined) recorder.add("views", "bytes", this.#slots.get(key) ?? 0);
    if (key !== undefined) recorder.add("views", "checkpoint", this.#slots.get(key) ?? 0);
  }

  /** All of them once more, and the pages of every channel's messages: all where they are few, else some. */
  *close(learner: Learner): Generator<(recorder: Recorder) => void> {
    for (const slot of this.#slots.values()) yield (recorder) => recorder.add("views", "bytes", slot);
    for (const [stream, events] of learner.events) {
      if (!isChannel(stream)) continue;
      const sent = events.filter((line) => line.includes('"type":"message_sent"')).length;
      const pages = Math.ceil(sent / pageSize);
      for (const page of pages <= 6 ? pagesFrom(2, pages) : [2, Math.ceil(pages / 2), pages - 1, pages, pages + 1]) {
        yield (recorder) => {
          const key = `messages/${channelId(stream)}/${page}`;
          this.#project(key, events, recorder);
          recorder.add("views", "bytes", this.#slots.get(key) ?? 0);
          recorder.add("views", "key", this.#slots.get(key) ?? 0);
          recorder.add("views", "close", this.#slots.get(key) ?? 0);
        };
      }
    }
  }

  #project(key: string, lines: readonly string[], recorder: Recorder): void {
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.#world.slot();
      this.#slots.set(key, slot);
      recorder.add("views", "view", slot, key);
    }
    for (let at = 0; at < lines.length; at += chunk) {
      recorder.add("views", "project", slot, `${lines.slice(at, at + chunk).join("\n")}\n`);
    }
  }
}

const pagesFrom = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
