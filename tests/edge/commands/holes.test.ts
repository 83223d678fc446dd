// What the best-known demo of this kind got wrong on the way in, by name; tests/edge/projector/holes.test.ts has the rest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bob, codeOf, command, create, general, join, say, small } from "./said.ts";
import { outcomeOf, served } from "./served.ts";

test("hole: a retried request makes two rows", async () => {
  const { send, log } = small();
  await send(create(1));
  await Promise.all([send(say(2)), send(say(2))]);
  await send(say(2));
  // Under another id, too, because the message has one of its own.
  await send({ ...say(2), id: create(3).id });
  assert.deepEqual(
    (await log()).map(({ type }) => type),
    ["channel_created", "message_sent"],
  );
});

test("hole: anyone may post any event for any user", async () => {
  const { post, log } = served();
  await post(create(1));
  const event = { ...say(2), type: "message_sent" };
  assert.equal(await outcomeOf(await post(event)), "400 unknown_type");
  const forBob = { ...say(3), actor: { id: "bob" } };
  assert.equal(await outcomeOf(await post(forBob)), "400 unknown_key");
  const asBob = command(4, "register_user", { name: "Bob" }, "user-bob");
  assert.equal(await outcomeOf(await post(asBob)), "403 not_yourself");
  assert.equal((await log()).length, 1);
});

test("hole: views are public-read", async () => {
  const { post, ask } = served();
  await post([create(1), say(2)]);
  for (const path of [
    "/views/allchannels.json",
    "/views/messages/general/1.json",
    `/streams/${general}/events`,
    "/positions",
  ]) {
    assert.equal(await outcomeOf(await ask(path, { actor: null })), "401 token_missing", path);
  }
  assert.equal(await outcomeOf(await ask(`/streams/${general}/events`, { actor: "bob" })), "403 not_allowed");
});

test("hole: join, leave, archive and edit have events but no commands", async () => {
  const { send, log } = small();
  await send(create(1));
  await send(join(2), bob);
  await send(say(3), bob);
  await send(command(4, "edit_message", { messageId: "m3", text: "other" }), bob);
  await send(command(5, "leave_channel"), bob);
  await send(command(6, "archive_channel"));
  assert.deepEqual(
    (await log()).map(({ type }) => type),
    [
      "channel_created",
      "user_joined_channel",
      "message_sent",
      "message_edited",
      "user_left_channel",
      "channel_archived",
    ],
  );
});

test("hole: the order of messages within a millisecond", async () => {
  const { send, log } = small();
  await send(create(1));
  await Promise.all(Array.from({ length: 300 }, (_, i) => send(say(10 + i, `number ${i}`))));
  const texts = (await log()).slice(1).map(({ data }) => (data as { text: string }).text);
  assert.deepEqual(
    texts,
    Array.from({ length: 300 }, (_, i) => `number ${i}`),
  );
});

test("hole: a name that two channels want is nobody's rule", async () => {
  const { send } = small();
  const wanting = Array.from({ length: 20 }, (_, i) => send(create(10 + i, "general", `channel-c${i}`)));
  const codes = (await Promise.all(wanting)).map(codeOf);
  assert.equal(codes.filter((code) => code === "accepted").length, 1);
  assert.equal(codes.filter((code) => code === "channel_name_taken").length, 19);
});
