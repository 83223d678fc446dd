import type { Channel } from "./channel.ts";
import type { ChannelFact, ChannelOrder, Claim, Context, Decision, Reaction, Sent } from "./contract.ts";
import { isChannelName, isEmoji, isLonger, isVisible, trimmed } from "./text.ts";

type Data<T extends ChannelOrder["type"]> = Extract<ChannelOrder, { type: T }>["data"];
type ChannelDecision = Decision<ChannelFact>;

const unchanged: ChannelDecision = { facts: [] };
const reactionsOnAMessage = 20;

export const decideChannel = (state: Channel, order: ChannelOrder, context: Context): ChannelDecision => {
  const actor = context.actor.id;
  switch (order.type) {
    case "send_message":
      return send(state, order.data, actor);
    case "edit_message":
      return edit(state, order.data, actor);
    case "delete_message":
      return remove(state, order.data, actor);
    case "add_reaction":
      return react(state, order.data, actor);
    case "remove_reaction": {
      const refused = refusedToSpeak(state, actor);
      if (refused !== undefined) return refused;
      const { messageId, emoji } = order.data;
      if (!state.messages.get(messageId)?.reactions?.get(emoji)?.has(actor)) return "reaction_not_found";
      return { facts: [{ type: "reaction_removed", data: { messageId, emoji } }] };
    }
    case "join_channel":
      if (state.phase === "none") return "channel_not_found";
      if (state.phase === "archived") return "channel_archived";
      if (state.members.has(actor)) return unchanged;
      return { facts: [{ type: "user_joined_channel", data: { userId: actor } }] };
    case "leave_channel":
      if (state.phase === "none") return "channel_not_found";
      if (!state.members.has(actor)) return "not_a_member";
      return { facts: [{ type: "user_left_channel", data: { userId: actor } }] };
    case "create_channel":
      return create(state, order.data, context);
    case "rename_channel":
      return rename(state, order.data, context);
    case "describe_channel": {
      const refused = refusedToManage(state, actor);
      if (refused !== undefined) return refused;
      const { description } = order.data;
      if (isLonger(description, 250)) return "description_too_long";
      if (description === state.description) return unchanged;
      return { facts: [{ type: "channel_described", data: { description } }] };
    }
    case "archive_channel":
      if (state.phase === "none") return "channel_not_found";
      if (state.owner !== actor) return "not_the_owner";
      if (state.phase === "archived") return unchanged;
      return { facts: [{ type: "channel_archived", data: {} }], claims: [released(state.name)] };
  }
};

const refusedToSpeak = (state: Channel, actor: string): string | undefined => {
  if (state.phase === "none") return "channel_not_found";
  if (state.phase === "archived") return "channel_archived";
  if (!state.members.has(actor)) return "not_a_member";
  return undefined;
};

const refusedToManage = (state: Channel, actor: string): string | undefined => {
  if (state.phase === "none") return "channel_not_found";
  if (state.phase === "archived") return "channel_archived";
  if (state.owner !== actor) return "not_the_owner";
  return undefined;
};

const send = (state: Channel, data: Sent, actor: string): ChannelDecision => {
  if (state.phase === "none") return "channel_not_found";
  const { messageId, replyTo } = data;
  const text = trimmed(data.text);
  const known = state.messages.get(messageId);
  if (known !== undefined && known.author === actor && known.sent === text && known.replyTo === replyTo)
    return unchanged;
  if (state.phase === "archived") return "channel_archived";
  if (!state.members.has(actor)) return "not_a_member";
  if (!isVisible(text)) return "text_empty";
  if (isLonger(text, 4000)) return "text_too_long";
  if (known !== undefined) return "message_id_taken";
  if (replyTo === undefined) return { facts: [{ type: "message_sent", data: { messageId, text } }] };
  if (!state.messages.has(replyTo)) return "message_not_found";
  return { facts: [{ type: "message_sent", data: { messageId, text, replyTo } }] };
};

const edit = (state: Channel, data: Data<"edit_message">, actor: string): ChannelDecision => {
  const refused = refusedToSpeak(state, actor);
  if (refused !== undefined) return refused;
  const { messageId } = data;
  const message = state.messages.get(messageId);
  if (message === undefined) return "message_not_found";
  if (message.deleted) return "message_deleted";
  if (message.author !== actor) return "not_the_author";
  const text = trimmed(data.text);
  if (!isVisible(text)) return "text_empty";
  if (isLonger(text, 4000)) return "text_too_long";
  if (message.text === text) return unchanged;
  return { facts: [{ type: "message_edited", data: { messageId, text } }] };
};

const remove = (state: Channel, data: Data<"delete_message">, actor: string): ChannelDecision => {
  const refused = refusedToSpeak(state, actor);
  if (refused !== undefined) return refused;
  const message = state.messages.get(data.messageId);
  if (message === undefined) return "message_not_found";
  if (message.author !== actor && state.owner !== actor) return "not_the_author";
  if (message.deleted) return unchanged;
  return { facts: [{ type: "message_deleted", data: { messageId: data.messageId } }] };
};

const react = (state: Channel, data: Reaction, actor: string): ChannelDecision => {
  const refused = refusedToSpeak(state, actor);
  if (refused !== undefined) return refused;
  const { messageId, emoji } = data;
  const message = state.messages.get(messageId);
  if (message === undefined) return "message_not_found";
  if (message.deleted) return "message_deleted";
  if (!isEmoji(emoji)) return "emoji_invalid";
  const users = message.reactions?.get(emoji);
  if (users?.has(actor)) return unchanged;
  if (users === undefined && message.reactions !== undefined && message.reactions.size >= reactionsOnAMessage)
    return "too_many_reactions";
  return { facts: [{ type: "reaction_added", data: { messageId, emoji } }] };
};

const create = (state: Channel, data: Data<"create_channel">, context: Context): ChannelDecision => {
  if (state.phase !== "none") return "channel_already_exists";
  const { name, description } = data;
  if (!isChannelName(name)) return "channel_name_invalid";
  if (isClaimed(name, context)) return "channel_name_taken";
  if (isLonger(description, 250)) return "description_too_long";
  return { facts: [{ type: "channel_created", data: { name, description } }], claims: [taken(name)] };
};

const rename = (state: Channel, data: Data<"rename_channel">, context: Context): ChannelDecision => {
  const refused = refusedToManage(state, context.actor.id);
  if (refused !== undefined) return refused;
  const { name } = data;
  if (!isChannelName(name)) return "channel_name_invalid";
  if (name === state.name) return unchanged;
  if (isClaimed(name, context)) return "channel_name_taken";
  return { facts: [{ type: "channel_renamed", data: { name } }], claims: [released(state.name), taken(name)] };
};

const keyOf = (name: string): string => `channel-name:${name}`;
const taken = (name: string): Claim => ({ key: keyOf(name), action: "take", rejection: "channel_name_taken" });
const released = (name: string): Claim => ({ key: keyOf(name), action: "release" });
const isClaimed = (name: string, context: Context): boolean => context.facts?.claimed?.includes(keyOf(name)) ?? false;
