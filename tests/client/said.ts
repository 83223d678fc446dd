// What people say in tests.
import type { Types } from "@crowbar/domain/chat";
import type { CommandBody } from "../../web/client/src/index.ts";

type Body = CommandBody<Types, "channel">;

export const create = (channel: string, name = channel): Body => ({
  stream: `channel-${channel}`,
  type: "create_channel",
  data: { name, description: "" },
});
export const join = (channel: string): Body => ({ stream: `channel-${channel}`, type: "join_channel", data: {} });
export const leave = (channel: string): Body => ({ stream: `channel-${channel}`, type: "leave_channel", data: {} });
export const say = (channel: string, messageId: string, text = messageId): Body => ({
  stream: `channel-${channel}`,
  type: "send_message",
  data: { messageId, text },
});
export const edit = (channel: string, messageId: string, text: string): Body => ({
  stream: `channel-${channel}`,
  type: "edit_message",
  data: { messageId, text },
});
export const archive = (channel: string): Body => ({ stream: `channel-${channel}`, type: "archive_channel", data: {} });
