import type { ChatWaiting } from "../start/chat.ts";

/** By message: which of its commands wait, as one text, so that it is easily compared. */
export function waitingOf(waiting: readonly ChatWaiting[], channelId: string): ReadonlyMap<string, string> {
  const kinds = new Map<string, string>();
  for (const { command } of waiting) {
    if (command.stream !== `channel-${channelId}` || !("messageId" in command.data)) continue;
    const { messageId } = command.data;
    const emoji = "emoji" in command.data ? `:${command.data.emoji}` : "";
    kinds.set(messageId, `${kinds.get(messageId) ?? ""} ${command.type}${emoji}`);
  }
  return kinds;
}
