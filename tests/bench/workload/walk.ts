// A walk through both aggregates, built to meet every rule and every edge of a text, to prove that contenders agree.
// Left out is what JSON.parse cannot tell apart (41.0 and 41, -0, duplicate keys, lone surrogates): no rival that stands
// on it can refuse those, and the module's own parity proof covers them.

import type { Command, Context, Order } from "../rivals/chat/contract.ts";
import { beginning } from "./log.ts";
import { type Random, seeded } from "./random.ts";

/** One line of what may be JSON, decided by `stream` under the context. */
export type Step = { readonly stream: string; readonly line: string; readonly context: Context };

const people = ["ada", "bob", "eve", "u:1~x@y.z"];
const channels = ["channel-general", "channel-random", "channel-_a.b"];
const users = people.map((person) => `user-${person}`);
const messages = Array.from({ length: 25 }, (_, index) => `m${index}`);
const names = ["general", "random", "a", "a-b_9", "Upper", "", "spa ce", "ä", "x".repeat(80), "x".repeat(81)];
const personNames = [
  "Ada",
  " Bob ",
  "\u3000Eve\u200b",
  "",
  "\u2060",
  "a\u202eb",
  "a\u0085b",
  "😀".repeat(80),
  "😀".repeat(81),
  "Ada",
];
const emails = [
  "a@b.co",
  "a.b+c@d-e.f.gh",
  "a@b",
  "@b.co",
  "a..b@c.de",
  "a@-b.co",
  "a@b.co ",
  `${"a".repeat(65)}@b.co`,
  "é@b.co",
];
const texts = [
  "hello",
  "hello",
  " hello\n",
  "\ufeffhello\u00a0",
  "",
  " \t\n",
  "\u200b\u2060",
  '"quoted" \\ / \u2028',
  "日本語 👍🏽 \u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "😀".repeat(4000),
  "😀".repeat(4001),
  "x".repeat(4000),
  ` ${"x".repeat(4000)} `,
  "x".repeat(4001),
];
const emoji = ["👍", "🎉", "❤️", "🇩🇪", "👨‍👩‍👧", "👍🏽", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1", "a", "", "👍👍", "👍 ", "\u200d"];
// Enough of them to go beyond twenty on one message, in rising order of their code points.
const many = Array.from({ length: 24 }, (_, index) => String.fromCodePoint(0x1f600 + index));
const descriptions = ["", "about", "d".repeat(250), "😀".repeat(250), "d".repeat(251)];

const textOf = (random: Random): string => (random.chance(0.6) ? `hello ${random.int(50)}` : random.pick(texts));

const userOrder = (random: Random): Order => {
  const name = random.pick(personNames);
  if (random.chance(0.6)) return { type: "rename_user", data: { name } };
  return { type: "register_user", data: random.chance(0.3) ? { name } : { name, email: random.pick(emails) } };
};

const channelOrder = (random: Random): Order => {
  const messageId = random.pick(messages);
  const text = textOf(random);
  const dice = random.int(1000);
  if (dice < 1) return { type: "archive_channel", data: {} };
  if (dice < 60)
    return { type: "create_channel", data: { name: random.pick(names), description: random.pick(descriptions) } };
  if (dice < 100) return { type: "rename_channel", data: { name: random.pick(names) } };
  if (dice < 130) return { type: "describe_channel", data: { description: random.pick(descriptions) } };
  if (dice < 230) return { type: "join_channel", data: {} };
  if (dice < 250) return { type: "leave_channel", data: {} };
  if (dice < 300) return { type: "send_message", data: { messageId, text, replyTo: random.pick(messages) } };
  if (dice < 500) return { type: "send_message", data: { messageId, text } };
  if (dice < 600) return { type: "edit_message", data: { messageId, text } };
  if (dice < 620) return { type: "delete_message", data: { messageId: random.pick(messages.slice(2)) } };
  if (dice < 780) return { type: "add_reaction", data: { messageId: "m1", emoji: random.pick(many) } };
  if (dice < 920) return { type: "add_reaction", data: { messageId, emoji: random.pick(emoji) } };
  return { type: "remove_reaction", data: { messageId, emoji: random.pick(emoji) } };
};

const misshapen = (random: Random, command: Command): string => {
  const { data, ...rest } = command;
  const spoilt = random.pick<unknown>([
    { ...command, colour: "red" },
    { ...command, data: { ...data, colour: "red" } },
    { ...command, id: command.id.toUpperCase().replace("7", "G") },
    { ...command, id: "1" },
    { ...command, stream: "channel-" },
    { ...command, stream: "bank-1" },
    { ...command, type: "shout_message" },
    { ...command, type: "register_user", data: { name: "Ada" }, stream: "channel-general" },
    { ...command, type: "send_message", data: { messageId: "-m", text: "hello" } },
    { ...command, type: "send_message", data: { messageId: "x".repeat(129), text: "hello" } },
    { ...command, data: null },
    { ...command, data: [] },
    { ...command, data: "data" },
    { ...command, data: { text: 7 } },
    { ...command, expectedVersion: -1 },
    { ...command, expectedVersion: 1.5 },
    { ...command, expectedVersion: "1" },
    { ...command, expectedVersion: 2 ** 53 },
    { ...command, expectedVersion: null },
    rest,
    [],
    null,
    "send_message",
    41,
  ]);
  return random.chance(0.05) ? JSON.stringify(command).slice(0, -1) : JSON.stringify(spoilt);
};

export const walk = (seed: number, count: number): Step[] => {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const isUser = random.chance(0.1);
    const stream = random.pick(isUser ? users : channels);
    const at = beginning + index * 1000;
    const { type, data } = isUser ? userOrder(random) : channelOrder(random);
    const expected = random.chance(0.02) ? { expectedVersion: random.int(40) } : {};
    const command = { id: random.uuid(at), stream, type, ...expected, data } as Command;
    const actor =
      isUser && random.chance(0.8) ? stream.slice("user-".length) : random.chance(0.4) ? "ada" : random.pick(people);
    const facts = random.chance(0.3) ? { facts: { claimed: ["channel-name:a", "channel-name:general"] } } : {};
    const roles = random.chance(0.5) ? { roles: random.chance(0.5) ? ["member"] : [] } : {};
    const line = random.chance(0.04) ? misshapen(random, command) : JSON.stringify(command);
    return { stream, line, context: { at, actor: { id: actor, ...roles }, ...facts } };
  });
};

export const walkedStreams: readonly string[] = [...channels, ...users];
