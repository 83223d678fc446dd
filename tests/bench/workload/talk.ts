// One channel's life, told without the rules: an independent account of what may happen next.

import type { ChannelFact, Event } from "../rivals/chat/contract.ts";
import { beginning, stored } from "./log.ts";
import type { Random } from "./random.ts";
import { emoji, sentence } from "./texts.ts";

export type Said = {
  readonly id: string;
  readonly author: string;
  edited: boolean;
  deleted: boolean;
  readonly reactions: [string, string][];
};

export type Talk = {
  readonly stream: string;
  readonly owner: string;
  readonly members: string[];
  readonly messages: Said[];
  readonly events: Event[];
  at: number;
};

export type Setting = {
  readonly channel: string;
  readonly domain: string;
  readonly people: number;
  readonly at?: number;
};

const personOf = (index: number): string => `u${(index + 4096).toString(36)}`;

export const startTalk = (random: Random, { channel, domain, people, at = beginning }: Setting): Talk => {
  const stream = `channel-${channel}`;
  const owner = personOf(0);
  const talk: Talk = { stream, owner, members: [owner], messages: [], events: [], at };
  happen(talk, random, domain, owner, {
    type: "channel_created",
    data: { name: channel, description: `All about ${channel}` },
  });
  for (let index = 1; index < people; index += 1) join(talk, random, domain, personOf(index));
  return talk;
};

const happen = (talk: Talk, random: Random, domain: string, actor: string, fact: ChannelFact): void => {
  talk.at += 1 + random.int(60_000);
  talk.events.push(stored(fact, talk.stream, talk.events.length + 1, talk.at, actor, random.uuid(talk.at), domain));
};

const join = (talk: Talk, random: Random, domain: string, userId: string): void => {
  happen(talk, random, domain, userId, { type: "user_joined_channel", data: { userId } });
  talk.members.push(userId);
};

/** The next event: 70 % sends, the rest edits, deletions, reactions, comings and goings. */
export const continueTalk = (talk: Talk, random: Random, domain: string): void => {
  const dice = random.int(100);
  const message = dice < 70 || dice >= 96 ? undefined : recent(talk, random);
  if (dice >= 96 && talk.members.length > 2) comeOrGo(talk, random, domain);
  else if (message === undefined || message.deleted) send(talk, random, domain);
  else if (dice < 78) edit(talk, random, domain, message);
  else if (dice < 81 && !message.edited) remove(talk, random, domain, message);
  else if (dice < 93) addReaction(talk, random, domain, message);
  else removeReaction(talk, random, domain, message);
};

/** Mostly one of the last 200 messages, sometimes any. */
export const recent = (talk: Talk, random: Random): Said | undefined => {
  const { length } = talk.messages;
  if (length === 0) return undefined;
  return talk.messages[random.chance(0.9) ? Math.max(0, length - 1 - random.int(200)) : random.int(length)];
};

/** Somebody says something of so many sentences. */
export const send = (talk: Talk, random: Random, domain: string, sentences = 1): void => {
  const author = random.pick(talk.members);
  const messageId = random.uuid(talk.at);
  const replied = random.chance(0.1) ? recent(talk, random) : undefined;
  const said = { messageId, text: Array.from({ length: sentences }, () => sentence(random)).join(". ") };
  const data = replied === undefined ? said : { ...said, replyTo: replied.id };
  happen(talk, random, domain, author, { type: "message_sent", data });
  talk.messages.push({ id: messageId, author, edited: false, deleted: false, reactions: [] });
};

const edit = (talk: Talk, random: Random, domain: string, message: Said): void => {
  message.edited = true;
  happen(talk, random, domain, message.author, {
    type: "message_edited",
    data: { messageId: message.id, text: `${sentence(random)} (${talk.events.length})` },
  });
};

const remove = (talk: Talk, random: Random, domain: string, message: Said): void => {
  message.deleted = true;
  message.reactions.length = 0;
  const actor = random.chance(0.2) ? talk.owner : message.author;
  happen(talk, random, domain, actor, { type: "message_deleted", data: { messageId: message.id } });
};

const addReaction = (talk: Talk, random: Random, domain: string, message: Said): void => {
  const actor = random.pick(talk.members);
  // Emoji come to a message in rising order, so that no view depends on whether they are kept in order of coming.
  const first = Math.max(0, ...message.reactions.map(([known]) => emoji.indexOf(known)));
  const chosen = emoji[first + random.int(emoji.length - first)] ?? "🚀";
  if (message.reactions.some(([known, user]) => known === chosen && user === actor)) send(talk, random, domain);
  else {
    message.reactions.push([chosen, actor]);
    happen(talk, random, domain, actor, {
      type: "reaction_added",
      data: { messageId: message.id, emoji: chosen },
    });
  }
};

const removeReaction = (talk: Talk, random: Random, domain: string, message: Said): void => {
  const removed = message.reactions.pop();
  if (removed === undefined) send(talk, random, domain);
  else {
    const [chosen, actor] = removed;
    happen(talk, random, domain, actor, {
      type: "reaction_removed",
      data: { messageId: message.id, emoji: chosen },
    });
  }
};

const comeOrGo = (talk: Talk, random: Random, domain: string): void => {
  if (random.chance(0.5)) join(talk, random, domain, personOf(10_000 + talk.events.length));
  else {
    const [userId] = talk.members.splice(1 + random.int(talk.members.length - 1), 1);
    if (userId !== undefined) happen(talk, random, domain, userId, { type: "user_left_channel", data: { userId } });
  }
};
