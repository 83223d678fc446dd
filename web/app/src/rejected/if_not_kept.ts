import type { ChatSent } from "../start/chat.ts";

/** Tells in words that a command was taken back, since this device has no room to keep it. */
export function ifNotKept({ kept }: Pick<ChatSent, "kept">, tell: (words: string) => void): void {
  kept.catch((error: unknown) => tell(error instanceof Error ? error.message : String(error)));
}
