import { allStreams } from "../../edge/projector/all_streams.ts";
import type { EventStore } from "../../edge/store/event_store.ts";

/** The whole log, and what is wrong with its order. */
export interface LogBook {
  /** `<stream> <version>` → the event as it is stored. */
  readonly lines: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

interface Stored {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly command: string;
  readonly type: string;
  readonly data: { readonly messageId?: string };
}

const page = 2_000;

/** Reads the log from its beginning, and judges it by itself: positions, versions and ids without a hole or a double. */
export async function readLog(store: EventStore): Promise<LogBook> {
  const lines = new Map<string, string>();
  const heads = new Map<string, number>();
  const once = new Set<string>();
  const problems: string[] = [];
  const unique = (what: string) => {
    if (once.has(what)) problems.push(`${what} is in the log twice.`);
    once.add(what);
  };
  let reached = 0;
  for (let entries = await store.log(0, page); entries.length > 0; entries = await store.log(reached, page)) {
    for (const { position, stream, version, bytes } of entries) {
      if (position !== reached + 1) problems.push(`After log position ${reached} comes ${position}.`);
      reached = position;
      const before = heads.get(stream) ?? 0;
      if (version !== before + 1) problems.push(`${stream} goes from ${before} to ${version}.`);
      heads.set(stream, version);
      const text = Buffer.from(bytes).toString("utf8");
      lines.set(`${stream} ${version}`, text);
      const event = JSON.parse(text) as Stored;
      if (event.stream !== stream || event.version !== version) problems.push(`${stream} ${version} is ${text}`);
      unique(`event ${event.id}`);
      // A second one would be the same thing said twice, whatever ids it came under.
      if (event.type === "message_sent") unique(`message ${event.data.messageId} of ${stream}`);
      if (event.type === "channel_created") unique(`the creation of ${stream}`);
    }
  }
  problems.push(...(await wrongHeads(store, heads)), ...(await repeatedCommands(store)));
  return { lines, problems };
}

async function wrongHeads(store: EventStore, heads: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const problems: string[] = [];
  let count = 0;
  for await (const { stream, version } of allStreams(store)) {
    count += 1;
    const reached = heads.get(stream) ?? 0;
    if (reached !== version) problems.push(`${stream} ends at ${reached} in the log, and its head is ${version}.`);
  }
  if (count !== heads.size) problems.push(`The log has ${heads.size} streams, and there are ${count} heads.`);
  return problems;
}

async function repeatedCommands(store: EventStore): Promise<readonly string[]> {
  const ids = new Set<string>();
  const problems: string[] = [];
  for await (const { stream } of allStreams(store)) {
    for (let at = 0, more = true; more; at += page) {
      const commands = await store.commands(stream, at, page);
      for (const { id } of commands) {
        if (ids.has(id)) problems.push(`Command ${id} is in the store twice.`);
        ids.add(id);
      }
      more = commands.length === page;
    }
  }
  return problems;
}
