// Appends to the stream that most tests here speak of: channel-general, by ada.
import type { Claim } from "@crowbar/domain";
import type { Append, EventStore } from "../../../edge/store/event_store.ts";

export const general = "channel-general";
export const bytes = (text: string) => new TextEncoder().encode(text);
export const text = (utf8: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(utf8);

/** The same UUID for the same number, in every run. */
export const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

export interface Told {
  readonly stream?: string;
  readonly actor?: string;
  /** The version that it was decided on. */
  readonly at?: number;
  /** What the events say; they are numbered from `at + 1` on. */
  readonly says?: readonly string[];
  readonly claims?: readonly Claim[];
}

/** What command `id` leaves: one event, unless it says otherwise. */
export function told(
  id: string,
  { stream = general, actor = "ada", at = 0, says = [`by ${id}`], claims = [] }: Told = {},
): Append {
  return {
    decided: {
      ...{ id, actor, digest: "d".repeat(64), stream, decidedAt: at },
      command: bytes(`{"id":${JSON.stringify(id)}}`),
      context: bytes('{"at":0}'),
      verdict: bytes(JSON.stringify({ accepted: says.length > 0, says })),
    },
    events: says.map((said, index) => ({ version: at + 1 + index, bytes: bytes(said) })),
    claims,
  };
}

export const take = (key: string): Claim => ({ key, action: "take", rejection: "channel_name_taken" });
export const release = (key: string): Claim => ({ key, action: "release" });

/** What a stream says, a string for each event, read in pages. */
export async function saysOf(store: EventStore, stream: string, page = 1_000): Promise<readonly string[]> {
  const lines: string[] = [];
  for (;;) {
    const { events, version } = await store.read(stream, lines.length, page);
    if (events.length === 0) return lines;
    lines.push(...text(events).trimEnd().split("\n"));
    if (version !== lines.length) throw new Error(`${lines.length} lines were read up to version ${version}.`);
  }
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
