import type { KeyboardEvent } from "react";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";

/** The keys of a message that has the focus. Where its rules would refuse, it says so in their words. */
export function useMessageKeys(row: MessagesRow, ask: (what: "react" | "delete") => void) {
  const { channelId, refusalOf, reply, edit, tell } = useOpenChannel();
  const stream = `channel-${channelId}`;
  const { messageId, text } = row;
  const unlessRefused = (command: Parameters<typeof refusalOf>[0], does: () => void) => {
    const refusal = refusalOf(command);
    if (refusal === undefined) does();
    else tell(refusal);
  };
  const does: { readonly [key: string]: () => void } = {
    r: () => reply(row),
    "+": () => ask("react"),
    e: () => unlessRefused({ stream, type: "edit_message", data: { messageId, text } }, () => edit(row)),
    Delete: () => unlessRefused({ stream, type: "delete_message", data: { messageId } }, () => ask("delete")),
  };
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || row.deleted) return;
    const doing = does[event.key];
    if (doing === undefined) return;
    event.preventDefault();
    doing();
  };
}
