import { kept } from "../device/kept.ts";
import type { Watchable } from "../device/watchable.ts";

/** Message → what its author has begun to make of it. An edit is open as long as it is here. */
export type Edits = { readonly [messageId: string]: string };

const none: Edits = {};

/** What somebody is editing in a channel, on this device. */
export const editsOf = (personId: string, channelId: string) => kept<Edits>(`edits:${personId}:${channelId}`, none);

export const editOf = (edits: Edits, messageId: string): string | undefined =>
  Object.hasOwn(edits, messageId) ? edits[messageId] : undefined;

/** Keeps what is typed; undefined ends the edit. */
export function setEdit(edits: Watchable<Edits>, messageId: string, text: string | undefined): void {
  const { [messageId]: _, ...others } = edits.get();
  const next = text === undefined ? others : { ...others, [messageId]: text };
  edits.set(Object.keys(next).length === 0 ? none : next);
}
