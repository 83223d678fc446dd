// What JavaScript lets through and JSON's strict reader does not: halves of characters, odd objects, odd bytes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, loadSync } from "@crowbar/domain/chat";
import { decoder } from "../../wasm/dist/src/bytes.js";
import { ada, bytes, created, history, say, stored, stream, text } from "./general.ts";

const chat = loadSync();

/** The code that general refuses a command with, however odd the object. */
function refusal(command: unknown, context: unknown = ada): string {
  using channel = chat.open("channel", stream);
  channel.fold(stored([created]));
  const verdict = channel.decide(command as Command<"channel">, context as typeof ada);
  return verdict.accepted ? "accepted" : verdict.rejection.code;
}

test("half a surrogate pair in an object is refused, never replaced", () => {
  assert.equal(refusal(say("m1", "half \ud83d of it")), "lone_surrogate");
  assert.equal(refusal(say("m1", "half \ude00 of it")), "lone_surrogate");
  assert.equal(refusal(say("m1", "turned \ude00\ud83d round")), "lone_surrogate");
  assert.equal(refusal(say("m1", "whole \ud83d\ude00")), "accepted");
  assert.equal(refusal(say("m1"), { ...ada, actor: { id: "\ud83d" } }), "lone_surrogate");
  assert.equal(refusal({ ...say("m1"), "\ud83d": 1 }), "lone_surrogate");
});

test("half a surrogate pair in a text is refused, never replaced", () => {
  using channel = chat.open("channel", stream);
  const command = JSON.stringify(say("m1", "HERE"));
  const context = JSON.stringify(ada);
  assert.match(channel.decideText(command.replace("HERE", "\ud83d"), context), /"code":"lone_surrogate"/);
  assert.match(channel.decideText(command, context.replace('"ada"', '"\udfff"')), /"code":"lone_surrogate"/);
  assert.match(channel.decideText(command.replace("HERE", "\u{1f600}"), context), /"code":"channel_not_found"/);
  const events = history.map((event) => JSON.stringify(event)).join("\n");
  assert.throws(() => channel.fold(events.replace("hello", "\ud83d")), { code: "lone_surrogate" });
  assert.equal(channel.version, 2);
  assert.equal(chat.check('"\ud83d"')?.code, "lone_surrogate");
});

test("a key __proto__ or constructor is an unknown key like any other", () => {
  const polluted = JSON.parse(JSON.stringify(say("m1")).replace('"data":{', '"data":{"__proto__":{"text":"x"},'));
  assert.ok(Object.hasOwn(polluted.data, "__proto__"));
  assert.equal(refusal(polluted), "unknown_key");
  assert.equal(refusal({ ...say("m1"), constructor: "x" }), "unknown_key");
  assert.equal(refusal(JSON.parse(`{"__proto__":{},${JSON.stringify(say("m1")).slice(1)}`)), "unknown_key");
});

test("what an object inherits is not in it", () => {
  const heir = Object.assign(Object.create({ expectedVersion: 7 }), say("m1"));
  assert.equal(refusal(heir), "accepted");
  assert.equal(refusal(Object.create(say("m1"))), "missing_key");
});

test("toJSON speaks for an object, as everywhere in JavaScript", () => {
  assert.equal(refusal({ toJSON: () => say("m1") }), "accepted");
  assert.equal(refusal(say("m1"), { ...ada, at: new Date(ada.at) }), "wrong_type");
  assert.equal(refusal({ ...say("m1"), data: { toJSON: () => "text" } }), "wrong_type");
});

test("what JSON cannot say is refused by the core or by JSON itself", () => {
  for (const nothing of [undefined, () => {}, Symbol("nothing")]) assert.equal(refusal(nothing), "empty_input");
  assert.equal(refusal(null), "wrong_type");
  assert.equal(refusal("send_message"), "wrong_type");
  assert.equal(refusal([]), "wrong_type");
  assert.equal(refusal({ ...say("m1"), expectedVersion: Number.NaN }), "wrong_type");
  assert.equal(refusal({ ...say("m1"), expectedVersion: 1.5 }), "not_an_integer");
  assert.equal(refusal({ ...say("m1"), expectedVersion: 2 ** 53 }), "integer_out_of_range");
  assert.throws(() => refusal({ ...say("m1"), expectedVersion: 1n }), TypeError);
  const round: { self?: object } = {};
  round.self = round;
  assert.throws(() => refusal(round), TypeError);
});

test("numbers that only a text can hold are told apart", () => {
  using channel = chat.open("channel", stream);
  const told = (version: string) => {
    const command = JSON.stringify({ ...say("m1"), expectedVersion: 0 }).replace(
      '"expectedVersion":0',
      `"expectedVersion":${version}`,
    );
    return JSON.parse(channel.decideText(command, JSON.stringify(ada))).rejection.code;
  };
  assert.equal(told("0"), "channel_not_found");
  assert.equal(told("-0"), "negative_zero");
  assert.equal(told("0.0"), "not_an_integer");
  assert.equal(told("1e0"), "not_an_integer");
  assert.equal(told("18446744073709551616"), "integer_out_of_range");
  assert.equal(told("01"), "number_malformed");
});

test("check says what is wrong with bytes and texts, and nothing where all is well", () => {
  assert.equal(chat.check('{"a":[1,true,null,"x"]}'), undefined);
  assert.equal(chat.check(bytes("[]")), undefined);
  const codes = ["", "\ufeff{}", "[1]\0", '{"a":1,"\\u0061":2}', "[".repeat(33), "1.5", "[1,]", "{} {}", '"\u0001"'];
  assert.deepEqual(
    codes.map((json) => chat.check(json)?.code),
    [
      "empty_input",
      "byte_order_mark",
      "nul_byte",
      "duplicate_key",
      "too_deep",
      "not_an_integer",
      "unexpected_character",
      "trailing_content",
      "control_character",
    ],
  );
  assert.equal(chat.check(Uint8Array.of(0x22, 0xff, 0x22))?.code, "invalid_utf8");
  const fault = chat.check("[1,?]");
  assert.equal(fault?.params?.offset, 3);
  assert.match(fault?.message ?? "", /byte 3/);
});

test("bytes that are a window on a larger buffer are read as that window", () => {
  using channel = chat.open("channel", stream);
  const command = bytes(say("m1"));
  const wide = new Uint8Array(command.length + 20).fill(0x7b);
  wide.set(command, 10);
  const window = wide.subarray(10, 10 + command.length);
  assert.deepEqual(channel.decideBytes(window, bytes(ada)), channel.decideBytes(command, bytes(ada)));
  assert.deepEqual(channel.decideBytes(Buffer.from(command), bytes(ada)), channel.decideBytes(command, bytes(ada)));
});

test("a text is whole however the room for it grew", () => {
  // Room that grows may stay where it is, and what looks into it must not keep its old size: every size, each in an
  // instance that has had no other.
  for (let size = 20; size < 400; size += 1) {
    const fresh = loadSync();
    using channel = fresh.open("channel", stream);
    const command = `{"id":"${"x".repeat(size)}"`; // where it ends is said by its fault
    const told = channel.decideText(command, JSON.stringify(ada));
    assert.equal(told, text(channel.decideBytes(bytes(command), bytes(ada))), `${size} characters`);
  }
});

test("a text may begin with what is a byte order mark elsewhere", () => {
  assert.equal(decoder.decode(bytes("\ufeffhello")), "\ufeffhello");
});
