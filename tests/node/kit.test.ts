// The test kit that the package brings: what it fills in, what it compares, and how it fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { given, noon } from "@crowbar/domain/testing";

const created = { type: "channel_created", actor: "ada", data: { name: "general", description: "" } } as const;
const bobJoined = { type: "user_joined_channel", actor: "bob", data: { userId: "bob" } } as const;
const hello = { type: "send_message", data: { messageId: "m1", text: "hello" } } as const;

/** The message of the AssertionError that a specification fails with. */
function failureOf(specification: () => void): string {
  try {
    specification();
  } catch (error) {
    assert.ok(error instanceof assert.AssertionError, String(error));
    assert.match(error.stack ?? "", /kit\.test\.ts/, "the stack begins at the test");
    assert.ok(!error.stack?.includes("testing.js"), "the kit itself is not in the stack");
    return error.message;
  }
  return assert.fail("it did not fail");
}

test("a member speaks", () => {
  given([created, bobJoined])
    .when(hello, { actor: "bob" })
    .then([{ type: "message_sent", data: { messageId: "m1", text: "hello" } }]);
});

test("only a member speaks in a channel", () => {
  given([created]).when(hello, { actor: "bob" }).rejected("not_a_member");
});

test("sending a message again changes nothing", () => {
  given([created, { type: "message_sent", data: { messageId: "m1", text: "hello" }, actor: "ada" }])
    .when(hello, { actor: "ada" })
    .unchanged();
});

test("a command finds its aggregate, and a person's own stream is the default", () => {
  given([])
    .when({ type: "register_user", data: { name: "Ada" } }, { actor: "ada" })
    .then([{ type: "user_registered", data: { name: "Ada" } }]);
});

test("the actor of the context did what no other actor is named for", () => {
  given([{ type: "channel_created", data: { name: "general", description: "" } }])
    .when({ type: "archive_channel", data: {} }, { actor: { id: "ada", roles: ["member"] } })
    .then([{ type: "channel_archived", data: {} }]);
});

test("stream, id, version, time, facts and expected version may be given in full", () => {
  const stream = "channel-general";
  given([{ ...created, stream, id: "11111111-1111-7111-8111-111111111111.0", version: 1, at: noon - 1 }])
    .when({ type: "rename_channel", stream, expectedVersion: 1, data: { name: "all" } }, { actor: "ada", at: noon + 1 })
    .then([{ type: "channel_renamed", data: { name: "all" } }]);
  given([])
    .when(
      { type: "create_channel", data: { name: "general", description: "" } },
      { actor: "ada", facts: { claimed: ["channel-name:general"] } },
    )
    .rejected("channel_name_taken");
  given([created])
    .when({ type: "archive_channel", expectedVersion: 5, data: {} }, { actor: "ada" })
    .rejected("version_conflict");
});

test("somebody else's stream is named by the command", () => {
  given([])
    .when({ type: "register_user", stream: "user-bob", data: { name: "Bob" } }, { actor: "ada" })
    .rejected("not_yourself");
});

test("a wrong event fails with the difference", () => {
  const message = failureOf(() =>
    given([created])
      .when(hello, { actor: "ada" })
      .then([{ type: "message_sent", data: { messageId: "m1", text: "hullo" } }]),
  );
  assert.match(message, /^send_message by ada on channel-ada: accepted, events: 1\.\n/);
  assert.match(message, /^\+ +text: 'hello'$/m);
  assert.match(message, /^- +text: 'hullo'$/m);
});

test("events in place of a rejection, and the other way round, fail with both", () => {
  const spoke = given([created]).when(hello, { actor: "ada" });
  const refused = given([created]).when(hello, { actor: "bob" });
  assert.match(
    failureOf(() => spoke.rejected("not_a_member")),
    /message_sent[\s\S]*rejected: 'not_a_member'/,
  );
  assert.match(
    failureOf(() => spoke.unchanged()),
    /message_sent/,
  );
  const message = failureOf(() => refused.then([{ type: "message_sent", data: { messageId: "m1", text: "hello" } }]));
  assert.match(message, /^send_message by bob on channel-bob: .*member.*\n/, "the core's own sentence");
  assert.match(message, /rejected: 'not_a_member'[\s\S]*message_sent/);
  assert.match(
    failureOf(() => refused.rejected("channel_archived")),
    /not_a_member[\s\S]*channel_archived/,
  );
});

test("what is given has to be a history", () => {
  assert.throws(
    () =>
      given([{ ...created, version: 2 }])
        .when(hello, { actor: "ada" })
        .unchanged(),
    {
      name: "CrowbarError",
      code: "version_gap",
    },
  );
  const torn = given([
    { ...created, stream: "channel-general" },
    { ...bobJoined, stream: "channel-other" },
  ]);
  assert.throws(() => torn.when(hello, { actor: "ada" }).unchanged(), { name: "CrowbarError", code: "foreign_stream" });
});

test("a specification is no promise", async () => {
  const awaited = given([]).when(hello, { actor: "ada" }) as unknown as Promise<void>;
  await assert.rejects(async () => await awaited, /leave out `await`/);
});
