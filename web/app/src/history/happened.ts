import type { Event } from "@crowbar/domain/chat/url";

type ChannelEvent = Event<"channel">;

/** What happened, after the name of who did it. A new event has no words, and does not build. */
const words = {
  channel_created: "opened the channel",
  channel_renamed: "renamed it",
  channel_described: "said what it is for",
  channel_archived: "archived it",
  user_joined_channel: "joined",
  user_left_channel: "left",
  message_sent: "said something",
  message_edited: "changed a message",
  message_deleted: "took a message back",
  reaction_added: "reacted",
  reaction_removed: "took a reaction back",
} as const satisfies Record<ChannelEvent["type"], string>;

export const happened = ({ type }: ChannelEvent): string => words[type];
