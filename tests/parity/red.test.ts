// A comparison that cannot fail proves nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Catalog } from "../../wasm/src/catalog.ts";
import type { Place } from "../places/place.ts";
import { answersIn, Batch, bytesOf, Growing, putAnswer, requestsIn, textOf } from "../places/session.ts";
import type { Question } from "../scenarios/expand.ts";
import { difference } from "../scenarios/judge.ts";
import type { Expected } from "../scenarios/scenario.ts";
import { faultsOf } from "../scenarios/schema.ts";
import { compare, describe } from "./compare.ts";
import { Random } from "./random.ts";
import { Recorder } from "./recorder.ts";

/** A place that answers each request with what `say` makes of its operation and slot. */
const place = (name: string, say: (operation: string, slot: number) => string): Place => ({
  name,
  run: async (requests) => {
    const out = new Growing();
    for (const { operation, slot } of requestsIn(requests)) putAnswer(out, true, bytesOf(say(operation, slot)));
    return out.taken();
  },
  close: async () => {},
});
const honest = (operation: string, slot: number) => `${operation} ${slot}`;

function fourRequests(): Recorder {
  const recorder = new Recorder();
  recorder.add("plain", "act", 1, "{}", "{}");
  recorder.add("bytes", "act", 2, Uint8Array.of(0, 10, 255, 10), "");
  recorder.add("views", "bytes", 3);
  recorder.add("doors", "check", 0, "\n\n");
  return recorder;
}

test("requests and answers are any bytes", () => {
  const batch = new Batch();
  batch.add("decide", 7, Uint8Array.of(0, 10, 255), "yes 1\n");
  batch.add("version", 7);
  const requests = [...requestsIn(batch.taken())];
  assert.deepEqual(
    requests.map(({ operation, slot }) => [operation, slot]),
    [
      ["decide", 7],
      ["version", 7],
    ],
  );
  assert.deepEqual([...(requests[0]?.operands[0] ?? [])], [0, 10, 255]);
  const out = new Growing();
  putAnswer(out, false, Uint8Array.of(10, 0));
  putAnswer(out, true, new Uint8Array(0));
  assert.deepEqual(
    [...answersIn(out.taken())].map(({ yes, bytes }) => [yes, [...bytes]]),
    [
      [false, [10, 0]],
      [true, []],
    ],
  );
  assert.throws(() => [...answersIn(bytesOf("yes 5\nabc\n"))], /promised 5 bytes/);
});

test("places that agree do not differ", async () => {
  const { answers, differences } = await compare([place("a", honest), place("b", honest)], fourRequests());
  assert.deepEqual(differences, []);
  assert.deepEqual(
    answers.map(({ bytes }) => textOf(bytes)),
    ["act 1", "act 2", "bytes 3", "check 0"],
  );
});

test("one byte in one place is a difference, and says where", async () => {
  const liar = place("liar", (operation, slot) => (slot === 2 ? "act 3" : honest(operation, slot)));
  const { differences } = await compare([place("a", honest), place("b", honest), liar], fourRequests());
  assert.equal(differences.length, 1);
  const [said = ""] = differences.map(describe);
  assert.match(said, /^✗ bytes: act, slot 2\n {4}"\\u0000\\n�\\n"\n/);
  assert.match(said, /a, b \(differs at byte 8\): yes act 2\n {2}liar \(differs at byte 8\): yes act 3$/);
});

test("a place that answers less is not taken for one that agrees", async () => {
  const silent: Place = { ...place("silent", honest), run: async () => new Uint8Array(0) };
  const { differences } = await compare([place("a", honest), silent], fourRequests());
  assert.equal(differences.length, 4);
  await assert.rejects(compare([silent, silent], fourRequests()), /0 answers to 4 requests/);
});

test("a seed makes the same choices for ever", () => {
  const random = new Random(1);
  assert.deepEqual(
    random.list(5, () => random.below(1_000)),
    [158, 751, 871, 829, 66],
  );
  assert.notDeepEqual(new Random(2).uuid(0), new Random(3).uuid(0));
  assert.match(new Random(4).uuid(1_700_000_000_000), /^018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

const catalog = {
  context: "chat",
  aggregates: [{ name: "channel", rejections: [{ code: "not_a_member", outcome: "forbidden" }], events: [] }],
  faults: [{ code: "unknown_key", outcome: "malformed" }],
} as unknown as Catalog;
const event = { stream: "channel-a", version: 1, type: "message_sent", at: 5, actor: { id: "ada" }, command: "c" };
const sent = { ...event, id: "c.0", data: { text: "hi" } };
const verdict = (events: readonly object[], version = events.length) =>
  JSON.stringify({ accepted: true, stream: "channel-a", version, events });
const refused = (code: string, pointer: string) =>
  JSON.stringify({ accepted: false, rejection: { code, message: "", pointer } });

const judged = (expected: Expected, answer: string): string | undefined => {
  // biome-ignore lint/suspicious/noThenProperty: the files' word; nothing awaits a scenario
  const scenario = { stream: "channel-a", by: { actor: "ada" }, then: expected };
  return difference({ scenario, events: "", at: 5, command: "", context: "" } as unknown as Question, answer, catalog);
};

test("a verdict is judged by all that its scenario says", () => {
  const says = { events: [{ type: "message_sent", data: { text: "hi" } }] };
  assert.equal(judged(says, verdict([sent])), undefined);
  assert.equal(judged({ unchanged: true }, verdict([])), undefined);
  assert.equal(judged({ rejected: "not_a_member" }, refused("not_a_member", "")), undefined);
  assert.equal(judged({ malformed: "unknown_key" }, refused("unknown_key", "/x")), undefined);
  const wrong: readonly (readonly [Expected, string])[] = [
    [says, verdict([])],
    [says, verdict([sent, sent])],
    [says, verdict([{ ...sent, data: { text: "hi", more: 1 } }])],
    [says, verdict([{ ...sent, type: "message_edited" }])],
    [says, refused("not_a_member", "")],
    [says, verdict([sent], 2)],
    [says, verdict([{ ...sent, id: "c.1" }])],
    [says, verdict([{ ...sent, actor: { id: "bob" } }])],
    [says, verdict([{ ...sent, at: 6 }])],
    [{ unchanged: true }, verdict([sent])],
    [{ rejected: "not_a_member" }, verdict([])],
    [{ rejected: "not_a_member" }, refused("unknown_key", "")],
    [{ malformed: "unknown_key", pointer: "/y" }, refused("unknown_key", "/x")],
  ];
  for (const [expected, answer] of wrong) assert.notEqual(judged(expected, answer), undefined, answer);
});

test("a scenario that expects a code that nobody gives is wrong itself", () => {
  assert.match(judged({ rejected: "not_a_membre" }, refused("x", "")) ?? "", /which is no code/);
  assert.match(judged({ malformed: "not_a_member" }, refused("x", "")) ?? "", /whose outcome is forbidden/);
  assert.match(judged({ rejected: "unknown_key" }, refused("x", "")) ?? "", /whose outcome is malformed/);
});

test("a file that is no list of scenarios is named", () => {
  const schema = { type: "object", required: ["a"], properties: { a: { type: "integer" } } } as const;
  assert.deepEqual(faultsOf({ a: 1 }, schema), []);
  assert.deepEqual(faultsOf({ a: "1" }, schema), ["/a is no integer"]);
  assert.deepEqual(faultsOf({}, { ...schema, additionalProperties: false }), [" lacks a"]);
  assert.deepEqual(faultsOf({ a: 1, b: 2 }, { ...schema, additionalProperties: false }), ["/b is not known"]);
});
