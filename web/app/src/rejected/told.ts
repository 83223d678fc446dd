import type { Commands } from "@crowbar/domain/chat/url";
import type { ChatRejected } from "../start/chat.ts";

type Type = keyof Commands["channel"] | keyof Commands["user"];

/** What was wanted, in a person's words. A new command has none, and does not build. */
const words = {
  send_message: "Send a message",
  edit_message: "Change a message",
  delete_message: "Delete a message",
  add_reaction: "React",
  remove_reaction: "Take a reaction back",
  join_channel: "Join the channel",
  leave_channel: "Leave the channel",
  create_channel: "Create a channel",
  rename_channel: "Rename the channel",
  describe_channel: "Say what the channel is for",
  archive_channel: "Archive the channel",
  register_user: "Introduce yourself",
  rename_user: "Change your name",
} as const satisfies Record<Type, string>;

export const wanted = (type: Type): string => words[type];

/** What was typed or chosen in a command. */
export function typedIn({ command }: ChatRejected): string | undefined {
  const { data } = command;
  if ("text" in data) return data.text;
  if ("emoji" in data) return data.emoji;
  if ("name" in data) return data.name;
  if ("description" in data) return data.description;
  return undefined;
}

/** The channel that a command is for. */
export const channelOf = ({ command: { stream } }: ChatRejected): string | undefined =>
  stream.startsWith("channel-") ? stream.slice("channel-".length) : undefined;
