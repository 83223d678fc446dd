import type { Command, Order } from "../rivals/chat/contract.ts";
import type { Random } from "./random.ts";
import { recent, type Talk } from "./talk.ts";
import { emoji, sentence } from "./texts.ts";

/**
 * What one person asks of a talk, decided by it as it stands: 70 % sends, 5 % invalid (half malformed, half refused by a
 * rule). A misshapen one is none, of course; its type says how it is meant.
 */
export const commandsOf = (talk: Talk, random: Random, count: number, actor: string): Command[] =>
  Array.from({ length: count }, () => nextCommand(talk, random, actor));

const nextCommand = (talk: Talk, random: Random, actor: string): Command => {
  const order = orderOf(talk, random, actor);
  const command = { id: random.uuid(talk.at), stream: talk.stream, type: order.type, data: order.data } as Command;
  return random.chance(0.025) ? misshapen(random, command) : command;
};

const orderOf = (talk: Talk, random: Random, actor: string): Order => {
  const messageId = recent(talk, random)?.id ?? "none";
  const dice = random.int(1000);
  if (dice < 700) return { type: "send_message", data: { messageId: random.uuid(talk.at), text: sentence(random) } };
  if (dice < 780) return editOf(talk, random, actor);
  if (dice < 800) return { type: "delete_message", data: { messageId: ownMessage(talk, actor) ?? messageId } };
  if (dice < 900) return { type: "add_reaction", data: { messageId, emoji: random.pick(emoji) } };
  if (dice < 975) return { type: "join_channel", data: {} };
  return refusedOrder(random, messageId);
};

const ownMessage = (talk: Talk, actor: string): string | undefined =>
  talk.messages.findLast(({ author, deleted }) => author === actor && !deleted)?.id;

const editOf = (talk: Talk, random: Random, actor: string): Order => {
  const messageId = ownMessage(talk, actor);
  const text = sentence(random);
  return messageId === undefined
    ? { type: "send_message", data: { messageId: random.uuid(talk.at), text } }
    : { type: "edit_message", data: { messageId, text } };
};

const refusedOrder = (random: Random, messageId: string): Order =>
  random.pick<Order>([
    { type: "send_message", data: { messageId: "fresh", text: "   " } },
    { type: "send_message", data: { messageId, text: "the id is taken" } },
    { type: "edit_message", data: { messageId: "nowhere", text: "hello" } },
    { type: "add_reaction", data: { messageId, emoji: "no" } },
    { type: "remove_reaction", data: { messageId, emoji: "🧨" } },
    { type: "create_channel", data: { name: "again", description: "" } },
  ]);

const misshapen = (random: Random, command: Command): Command =>
  random.pick<object>([
    { ...command, colour: "red" },
    { ...command, data: { ...command.data, colour: "red" } },
    { ...command, id: command.id.toUpperCase().replace("7", "G") },
    { ...command, type: "shout_message" },
    { ...command, data: { text: 7 } },
    { ...command, expectedVersion: -1 },
    { id: command.id, stream: command.stream, type: command.type },
  ]) as Command;
