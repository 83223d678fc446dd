import { existsSync } from "node:fs";
import type { Stack } from "../../local/stack.ts";
import { aggregateOf } from "../../projector/kinds.ts";
import { linesOf } from "../../relay/lines.ts";
import { type Json, type JsonObject, OperationFailed, type Progress } from "../operation.ts";
import { textOption } from "../options.ts";
import { type ArchiveWriter, writeArchive } from "../slack/archive_writer.ts";
import { History, type Told } from "../slack/history.ts";
import { ownKey } from "../slack/workspace.ts";
import { countEvents, eventsOf, idOf, type StreamHead, streamHeads } from "../stored.ts";

/**
 * Writes all users and public channels as an archive such as Slack's export makes, from the log: options `archive`, the
 * path of the new file, and `overwrite`. What Slack cannot say stands under a key of our own, for `import slack`.
 */
export async function* exportSlack(
  stack: Stack,
  options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const path = textOption(options, "archive");
  if (options.overwrite !== true && existsSync(path)) {
    throw new OperationFailed("usage", `${path} is there already; --overwrite replaces it.`);
  }
  const streams = await streamHeads(stack.store);
  const total = countEvents(streams);
  const archive = writeArchive(path);
  try {
    const writing = new Writing(stack, archive, signal);
    for await (const done of writing.all(streams))
      yield { kind: "step", step: "exporting", done, total, unit: "events" };
    await archive.finish();
    yield { kind: "step", step: "exporting", done: total, total, unit: "events" };
    return { archive: path, ...writing.counted };
  } finally {
    await archive.close();
  }
}

const decoder = new TextDecoder();

class Writing {
  readonly #stack: Stack;
  readonly #archive: ArchiveWriter;
  readonly #signal: AbortSignal;
  readonly #folders = new Set<string>();
  readonly #channels: Json[] = [];
  readonly #users: Json[] = [];
  /** `untold`: events that an archive has no way to tell. */
  readonly counted = { users: 0, channels: 0, messages: 0, untold: 0 };
  #done = 0;

  constructor(stack: Stack, archive: ArchiveWriter, signal: AbortSignal) {
    this.#stack = stack;
    this.#archive = archive;
    this.#signal = signal;
  }

  /** Yields how many events are done. */
  async *all(streams: readonly StreamHead[]): AsyncGenerator<number> {
    const archived: StreamHead[] = [];
    for (const head of streams) {
      const aggregate = aggregateOf(head.stream);
      if (aggregate === "user") yield* this.#user(head);
      else if (aggregate !== "channel") this.counted.untold += head.version;
      else if (await this.#isLiving(head)) yield* this.#channel(head);
      else archived.push(head);
    }
    // Their names may have been given to others meanwhile, who come first.
    for (const head of archived) yield* this.#channel(head);
    await this.#archive.add("channels.json", this.#channels);
    await this.#archive.add("users.json", this.#users);
  }

  async *#user(head: StreamHead): AsyncGenerator<number> {
    let name: string | undefined;
    let email: string | undefined;
    let registeredAt = 0;
    for await (const { type, data, at } of this.#events(head)) {
      if (type === "user_registered") [email, registeredAt] = [data.email, at];
      if (type === "user_registered" || type === "user_renamed") name = data.name;
      else this.counted.untold += 1;
    }
    yield this.#done;
    if (name === undefined) return;
    this.counted.users += 1;
    const profile = { display_name: name, real_name: name, ...(email !== undefined && { email }) };
    this.#users.push({ id: idOf(head.stream), name, deleted: false, profile, [ownKey]: { registeredAt } });
  }

  async *#channel(head: StreamHead): AsyncGenerator<number> {
    const id = idOf(head.stream);
    const history = new History(id);
    for await (const event of this.#events(head)) {
      if (!history.take(event)) this.counted.untold += 1;
      if (this.#done % 1_000 === 0) yield this.#done;
    }
    const folder = this.#folders.has(history.name) ? `${history.name}.${id}` : history.name;
    const channel = history.channel(folder);
    if (channel === undefined) return;
    this.#folders.add(folder);
    this.#channels.push(channel);
    this.counted.channels += 1;
    this.counted.messages += history.messages;
    for (const { day, messages } of history.days()) {
      await this.#archive.add(`${folder}/${day}.json`, messages);
      yield this.#done;
    }
  }

  async *#events(head: StreamHead): AsyncGenerator<Told> {
    for await (const events of eventsOf(this.#stack.store, head)) {
      this.#signal.throwIfAborted();
      for (const line of linesOf(events)) {
        this.#done += 1;
        yield JSON.parse(decoder.decode(line));
      }
    }
  }

  /** A channel that is not archived holds its name. */
  async #isLiving(head: StreamHead): Promise<boolean> {
    using channel = this.#stack.domain.open("channel", head.stream);
    for await (const events of eventsOf(this.#stack.store, head)) channel.fold(events);
    return channel.claims.length > 0;
  }
}
