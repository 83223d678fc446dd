import type { ChannelFact } from "./contract.ts";

/** What rules ask of a message. Its texts are kept as they are: in JavaScript a reference is cheaper than any digest. */
export type Message = {
  readonly author: string;
  readonly sent: string;
  readonly replyTo: string | undefined;
  text: string;
  deleted: boolean;
  reactions: Map<string, Set<string>> | undefined;
};

export type Channel = {
  phase: "none" | "living" | "archived";
  name: string;
  description: string;
  owner: string;
  readonly members: Set<string>;
  readonly messages: Map<string, Message>;
};

export const newChannel = (): Channel => ({
  phase: "none",
  name: "",
  description: "",
  owner: "",
  members: new Set(),
  messages: new Map(),
});

/** Changes the state in place: a copy of 100,000 messages an event would be nobody's choice. */
export const evolveChannel = (state: Channel, fact: ChannelFact, actor: string): Channel => {
  switch (fact.type) {
    case "message_sent": {
      const { messageId, text, replyTo } = fact.data;
      state.messages.set(messageId, { author: actor, sent: text, replyTo, text, deleted: false, reactions: undefined });
      break;
    }
    case "message_edited": {
      const message = state.messages.get(fact.data.messageId);
      if (message) message.text = fact.data.text;
      break;
    }
    case "message_deleted": {
      const message = state.messages.get(fact.data.messageId);
      if (message) {
        message.deleted = true;
        message.reactions = undefined;
      }
      break;
    }
    case "reaction_added":
      addReaction(state.messages.get(fact.data.messageId), fact.data.emoji, actor);
      break;
    case "reaction_removed":
      removeReaction(state.messages.get(fact.data.messageId), fact.data.emoji, actor);
      break;
    case "user_joined_channel":
      state.members.add(fact.data.userId);
      break;
    case "user_left_channel":
      state.members.delete(fact.data.userId);
      break;
    case "channel_created":
      state.phase = "living";
      state.name = fact.data.name;
      state.description = fact.data.description ?? "";
      state.owner = actor;
      state.members.add(actor);
      break;
    case "channel_renamed":
      state.name = fact.data.name;
      break;
    case "channel_described":
      state.description = fact.data.description;
      break;
    case "channel_archived":
      state.phase = "archived";
      break;
  }
  return state;
};

const addReaction = (message: Message | undefined, emoji: string, actor: string): void => {
  if (message === undefined) return;
  message.reactions ??= new Map();
  const users = message.reactions.get(emoji);
  if (users === undefined) message.reactions.set(emoji, new Set([actor]));
  else users.add(actor);
};

const removeReaction = (message: Message | undefined, emoji: string, actor: string): void => {
  const users = message?.reactions?.get(emoji);
  if (message === undefined || users === undefined) return;
  users.delete(actor);
  if (users.size === 0) message.reactions?.delete(emoji);
};
