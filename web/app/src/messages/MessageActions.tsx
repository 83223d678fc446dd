import { memo } from "react";
import { IconButton } from "../layout/IconButton.tsx";
import { Menu, type MenuChoice } from "../layout/Menu.tsx";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";

/** What can be done with a message. What its rules would refuse is not offered. */
export const MessageActions = memo(function MessageActions({
  row,
  ask,
}: {
  readonly row: MessagesRow;
  readonly ask: (what: "react" | "delete") => void;
}) {
  const { channelId, refusalOf, reply, edit } = useOpenChannel();
  const stream = `channel-${channelId}`;
  const { messageId, text } = row;
  const choices = (): readonly MenuChoice[] => [
    ...(refusalOf({ stream, type: "edit_message", data: { messageId, text } }) === undefined
      ? [{ name: "Edit", does: () => edit(row) }]
      : []),
    { name: "Copy text", does: () => void navigator.clipboard.writeText(text) },
    ...(refusalOf({ stream, type: "delete_message", data: { messageId } }) === undefined
      ? [{ name: "Delete", does: () => ask("delete"), grave: true }]
      : []),
  ];
  const size = "max-md:min-h-10 max-md:min-w-10";
  return (
    <div
      role="toolbar"
      aria-label="Message actions"
      className="invisible absolute -top-3.5 right-3 flex rounded-lg border border-line bg-raised shadow-sm group-focus-within:visible group-hover:visible"
    >
      <IconButton icon="smile" name="React" small className={size} onClick={() => ask("react")} />
      <IconButton icon="reply" name="Reply" small className={size} onClick={() => reply(row)} />
      <Menu icon="more" name="More" choices={choices} className={size} />
    </div>
  );
});
