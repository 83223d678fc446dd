// Ways to break a command: in its shape while it is a tree, in its bytes once it is written.
import { isMembers, type Json, type Member, type Members, members, raw } from "./json.ts";
import type { Random } from "./random.ts";
import { oddIds, text } from "./words.ts";

const numbers = [
  ...["0", "1", "-1", "41.0", "4.1e1", "1E5", "-0", "-0.0", "00", "01", "+1", ".5", "1.", "0x10", "1e400", "-", "--1"],
  ...["9007199254740991", "9007199254740992", "-9007199254740991", "-9007199254740992", "9223372036854775808"],
  ...["18446744073709551615", "18446744073709551616", "1".repeat(400), "NaN", "Infinity", "1_000", "１"],
];
const keys = [
  "x",
  "",
  "__proto__",
  "constructor",
  "toString",
  "id",
  "data",
  "type",
  "text",
  "Text",
  "text ",
  "téxt",
  "\u0000",
];
const types = ["", "send_messages", "SEND_MESSAGE", "send_message ", "__proto__", "message_sent", "x".repeat(300), "ä"];
const streams = [
  "",
  "general",
  "channel-",
  "-general",
  "channel-../x",
  "user",
  "channel_general",
  "Channel-c0",
  "channel-c0 ",
];
const broken = [
  "tru",
  "nul",
  "True",
  "'a'",
  "undefined",
  "/* */1",
  "[1,]",
  "{,}",
  "[",
  "{",
  "]",
  '"',
  '"\\x"',
  '"\\u12"',
  "",
];

const nested = (depth: number): Json => raw(`${"[".repeat(depth)}${"]".repeat(depth)}`);
const many = (random: Random): Members => {
  const count = random.between(255, 257);
  return members(...[...Array(count).keys()].map((n): Member => [`k${n}`, n]));
};

/** Any value at all. */
function anything(random: Random): Json {
  return random.weighted<() => Json>([
    [30, () => raw(random.pick(numbers))],
    [15, () => raw(random.pick(broken))],
    [10, () => random.pick([null, true, false])],
    [10, () => text(random, 50)],
    [10, () => nested(random.between(28, 34))],
    [5, () => nested(random.pick([100, 1_000, 10_000]))],
    [5, () => many(random)],
    [5, () => []],
    [5, () => members()],
    [
      5,
      () =>
        raw(
          `"${random.pick(["\\ud800", "\\udc00\\ud800", "\\ud83d\\ude00", "\\ufffe", "\\uDBFF\\uDFFF", "\\u0000"])}"`,
        ),
    ],
  ])();
}

type Change = (random: Random, object: Members) => Members;

const replaced = (object: Members, at: number, value: Json): Members => ({
  members: object.members.map((member, index): Member => (index === at ? [member[0], value] : member)),
});
const inserted = (random: Random, object: Members, member: Member): Members => ({
  members: object.members.toSpliced(random.below(object.members.length + 1), 0, member),
});

const addKey: Change = (random, object) => inserted(random, object, [random.pick(keys), anything(random)]);
const repeatKey: Change = (random, object) => {
  const [key, value] = random.pick(object.members);
  return inserted(random, object, [key, random.chance(50) ? value : anything(random)]);
};
const dropKey: Change = (random, object) => {
  const at = random.below(object.members.length);
  return { members: object.members.filter((_, index) => index !== at) };
};
const replaceValue: Change = (random, object) =>
  replaced(object, random.below(object.members.length), anything(random));
const shuffle: Change = (random, object) => ({
  members: object.members
    .map((member) => ({ member, at: random.below(1_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ member }) => member),
});

function spoilMember(random: Random, object: Members, name: string, values: readonly Json[]): Members {
  const at = object.members.findIndex(([key]) => key === name);
  return at < 0 ? inserted(random, object, [name, random.pick(values)]) : replaced(object, at, random.pick(values));
}

const changes: readonly (readonly [number, Change])[] = [
  [15, addKey],
  [10, repeatKey],
  [15, dropKey],
  [25, replaceValue],
  [5, shuffle],
  [8, (random, object) => spoilMember(random, object, "expectedVersion", numbers.map(raw))],
  [5, (random, object) => spoilMember(random, object, "id", [...oddIds, "018BCFE5-6800-7000-8000-000000000001"])],
  [5, (random, object) => spoilMember(random, object, "stream", streams)],
  [5, (random, object) => spoilMember(random, object, "type", types)],
];

/** The command with its shape broken at one place, in its envelope or in its data. */
export function spoilShape(random: Random, command: Members): Members {
  const at = command.members.findIndex(([key]) => key === "data");
  const data = command.members[at]?.[1];
  if (random.chance(50) && data !== undefined && isMembers(data) && data.members.length > 0) {
    const change = random.weighted(changes.slice(0, 5));
    return replaced(command, at, change(random, data));
  }
  return random.weighted(changes)(random, command);
}

const sequences = [
  ...[[0x00], [0xef, 0xbb, 0xbf], [0xc0, 0x80], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf]],
  ...[[0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xff], [0xfe], [0x80], [0xbf], [0xf0, 0x9f, 0x98]],
  ...[
    [0xef, 0xbf, 0xbe],
    [0xef, 0xb7, 0x90],
    [0xf0, 0x9f, 0xbf, 0xbf],
    [0xe2, 0x80, 0xa8],
    [0x0a],
    [0x09],
    [0x0b],
    [0x1f],
  ],
  ...[[0x7f], [0x22], [0x5c], [0x5c, 0x75], [0x2c], [0x3a], [0x7d], [0x7b], [0x20], [0x0d, 0x0a], [0xc2, 0x85]],
].map((bytes) => Uint8Array.from(bytes));

function spliced(bytes: Uint8Array, from: number, to: number, between: Uint8Array): Uint8Array {
  const out = new Uint8Array(from + between.length + bytes.length - to);
  out.set(bytes.subarray(0, from));
  out.set(between, from);
  out.set(bytes.subarray(to), from + between.length);
  return out;
}
const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf);
const none = new Uint8Array(0);
const limit = 64 * 1_024;

/** The bytes with one thing broken. */
export function spoilBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const at = random.below(bytes.length + 1);
  const flip = () => {
    const out = bytes.slice();
    const where = random.below(out.length);
    out[where] = (out[where] ?? 0) ^ (1 << random.below(8));
    return out;
  };
  const padded = () => {
    const size = random.between(limit - 1, limit + 1);
    return spliced(bytes, bytes.length, bytes.length, new Uint8Array(Math.max(0, size - bytes.length)).fill(0x20));
  };
  const garbage = () => Uint8Array.from(random.list(random.between(1, 40), () => random.below(256)));
  return random.weighted<() => Uint8Array>([
    [25, flip],
    [10, () => spliced(bytes, Math.min(at, bytes.length - 1), Math.min(at + 1, bytes.length), none)],
    [30, () => spliced(bytes, at, at, random.pick(sequences))],
    [15, () => bytes.slice(0, at)],
    [5, () => spliced(bytes, at, at, bytes.subarray(0, random.below(bytes.length)))],
    [3, () => spliced(bytes, 0, 0, random.pick(sequences))],
    [1, () => spliced(bytes, 0, 0, byteOrderMark)],
    [4, () => spliced(bytes, bytes.length, bytes.length, random.pick(sequences))],
    [3, garbage],
    [1, padded],
    [1, () => none],
    [1, () => Uint8Array.of(0x20, 0x0a, 0x09)],
  ])();
}
