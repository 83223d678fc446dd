import { useSyncExternalStore } from "react";
import { useOpenChannel } from "./channel_context.ts";
import { editOf, editsOf } from "./edits.ts";

/** What a message is being made into; undefined where nobody edits it. */
export function useEdit(messageId: string): string | undefined {
  const { personId, channelId } = useOpenChannel();
  const edits = editsOf(personId, channelId);
  return useSyncExternalStore(edits.subscribe, () => editOf(edits.get(), messageId));
}
