// Commands of the chat: mostly about what exists, by somebody who may; now and then not.
import { type Members, members } from "./json.ts";
import type { Random } from "./random.ts";
import { channelName, emails, emoji, longText, oddIds, text } from "./words.ts";
import { type Channel, people, type Stream, type User, type World } from "./world.ts";

/** A command before it has an envelope, and who gives it. */
export interface Intent {
  readonly stream: Stream;
  readonly type: string;
  readonly data: Members;
  readonly actor: string;
}

/** How far from the plain path a command is made, in percent. */
export interface Mood {
  /** Characters that are rare. */
  readonly nasty: number;
  /** Things that are not there, people who may not. */
  readonly wrong: number;
}

const latest = 200;

export function chatIntent(random: Random, world: World, mood: Mood): Intent {
  if (random.chance(6)) return userIntent(random, world, mood);
  const channel = world.channel(random);
  if (!channel.created && !random.chance(mood.wrong)) return create(random, channel, mood);
  const make = random.weighted([
    [channel.members.size < 8 ? 15 : 4, join],
    [1, leave],
    [36, send],
    [10, edit],
    [5, remove],
    [18, react],
    [7, unreact],
    [2, create],
    [3, rename],
    [3, describe],
    [channel.messages.length > 1_000 ? 2 : 0, archive],
    [1, archiveSometimes],
  ]);
  return make(random, channel, mood);
}

const words = (random: Random, mood: Mood, limit: number) =>
  random.chance(1) ? longText(random, limit) : text(random, mood.nasty);

function member(random: Random, channel: Channel, mood: Mood): string {
  const present = [...channel.members];
  return present.length === 0 || random.chance(mood.wrong) ? random.pick(people) : random.pick(present);
}
const owner = (random: Random, channel: Channel, mood: Mood) =>
  channel.owner === "" || random.chance(mood.wrong) ? random.pick(people) : channel.owner;

function message(random: Random, channel: Channel, mood: Mood): { id: string; author: string; text: string } {
  const known = channel.messages.slice(-latest);
  if (known.length > 0 && !random.chance(mood.wrong)) return random.pick(known);
  return { id: random.chance(20) ? random.pick(oddIds) : "unknown", author: random.pick(people), text: "" };
}

function create(random: Random, stream: Channel, mood: Mood): Intent {
  const data = members(["name", channelName(random)], ["description", words(random, mood, 250)]);
  return { stream, type: "create_channel", data, actor: random.pick(people) };
}
function rename(random: Random, stream: Channel, mood: Mood): Intent {
  const name = random.chance(15) ? stream.name : channelName(random);
  return { stream, type: "rename_channel", data: members(["name", name]), actor: owner(random, stream, mood) };
}
function describe(random: Random, stream: Channel, mood: Mood): Intent {
  const data = members(["description", random.chance(20) ? "" : words(random, mood, 250)]);
  return { stream, type: "describe_channel", data, actor: owner(random, stream, mood) };
}
function archive(random: Random, stream: Channel, mood: Mood): Intent {
  return { stream, type: "archive_channel", data: members(), actor: owner(random, stream, mood) };
}
function archiveSometimes(random: Random, stream: Channel, mood: Mood): Intent {
  return { ...archive(random, stream, mood), actor: random.pick(people) };
}
const join = (random: Random, stream: Channel): Intent => {
  return { stream, type: "join_channel", data: members(), actor: random.pick(people) };
};
function leave(random: Random, stream: Channel, mood: Mood): Intent {
  return { stream, type: "leave_channel", data: members(), actor: member(random, stream, mood) };
}

function send(random: Random, stream: Channel, mood: Mood): Intent {
  if (stream.messages.length > 0 && random.chance(8)) return sendAgain(random, stream, mood);
  const id = random.chance(2) ? random.pick(oddIds) : `m${stream.version}.${random.below(1_000_000)}`;
  const replyTo = random.chance(15) ? message(random, stream, mood).id : undefined;
  const data = members(["messageId", id], ["text", words(random, mood, 4_000)], ["replyTo", replyTo]);
  return { stream, type: "send_message", data, actor: member(random, stream, mood) };
}
/** The same again, or nearly. */
function sendAgain(random: Random, stream: Channel, mood: Mood): Intent {
  const sent = message(random, stream, mood);
  const said = random.chance(80) ? sent.text : `${sent.text}!`;
  const around = random.chance(30) ? random.pick([" ", "\u200b", "\ufeff\t"]) : "";
  const data = members(["messageId", sent.id], ["text", around + said]);
  return { stream, type: "send_message", data, actor: random.chance(80) ? sent.author : random.pick(people) };
}
function edit(random: Random, stream: Channel, mood: Mood): Intent {
  const sent = message(random, stream, mood);
  const said = random.chance(15) ? sent.text : words(random, mood, 4_000);
  const actor = random.chance(85) ? sent.author : random.pick(people);
  return { stream, type: "edit_message", data: members(["messageId", sent.id], ["text", said]), actor };
}
function remove(random: Random, stream: Channel, mood: Mood): Intent {
  const sent = message(random, stream, mood);
  const actor = random.weighted([
    [60, sent.author],
    [20, owner(random, stream, mood)],
    [20, random.pick(people)],
  ]);
  return { stream, type: "delete_message", data: members(["messageId", sent.id]), actor };
}

/** One message in some channels is popular, so that it comes to have too many reactions. */
function react(random: Random, stream: Channel, mood: Mood): Intent {
  const popular = stream.slot % 3 === 0 ? stream.messages.find(({ deleted }) => !deleted) : undefined;
  const on = popular && random.chance(80) ? popular : message(random, stream, mood);
  const tone = String.fromCodePoint(0x1f600 + random.below(40));
  const sign = random.chance(mood.nasty / 2) ? random.pick(emoji) : tone;
  const data = members(["messageId", on.id], ["emoji", sign]);
  return { stream, type: "add_reaction", data, actor: member(random, stream, mood) };
}
function unreact(random: Random, stream: Channel, mood: Mood): Intent {
  const known = stream.reactions.slice(-latest);
  const there = known.length > 0 && !random.chance(mood.wrong) ? random.pick(known) : undefined;
  const data = members(
    ["messageId", there?.message ?? message(random, stream, mood).id],
    ["emoji", there?.emoji ?? random.pick(emoji)],
  );
  return { stream, type: "remove_reaction", data, actor: there?.user ?? member(random, stream, mood) };
}

function userIntent(random: Random, world: World, mood: Mood): Intent {
  const stream: User = random.pick(world.users);
  const actor = random.chance(mood.wrong) ? random.pick(people) : stream.stream.slice("user-".length);
  const name = random.chance(5) ? longText(random, 80) : text(random, mood.nasty);
  const email = random.chance(40) ? random.pick(emails) : undefined;
  if (random.chance(stream.version === 0 ? 70 : 10)) {
    return { stream, type: "register_user", data: members(["name", name], ["email", email]), actor };
  }
  return { stream, type: "rename_user", data: members(["name", name]), actor };
}
