import assert from "node:assert/strict";
import { test } from "node:test";
import { Way } from "./faults.ts";
import { place, until, watch } from "./place.ts";
import { create, join, say } from "./said.ts";

test("what the rules refuse is refused in the same moment, and nothing is sent", async (t) => {
  const here = await place(t);
  const way = new Way();
  const ada = await here.client("ada", { fetch: way.fetch });
  watch(t, ada.aggregate("channel", "general"));
  await ada.send(create("general")).settled;
  const refused = ada.send(say("general", "m1", "   "));
  assert.equal(refused.state, "refused");
  assert.equal(refused.verdict?.accepted === false && refused.verdict.rejection.code, "text_empty");
  const settled = await refused.settled;
  assert.equal(settled.state === "rejected" && settled.rejected.message, "The text says nothing.");
  assert.deepEqual([ada.waiting.get(), ada.rejected.get()], [[], []]);
  assert.deepEqual(
    way.commands.map(({ type }) => type),
    ["create_channel"],
  );
});

test("what they take is shown in the same moment, and stays when the server has said yes", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  const page = ada.view("messages/general/1");
  const overview = ada.view("channel/general");
  const seen = watch(t, page);
  watch(t, overview);
  assert.equal(ada.send(create("general")).state, "waiting");
  const sent = ada.send(say("general", "m1"));
  assert.deepEqual(
    page.get().data?.map(({ text }) => text),
    ["m1"],
  );
  assert.equal(page.get().optimistic, true);
  assert.equal(overview.get().data?.messages, 1);
  assert.equal(ada.waiting.get().length, 2);
  assert.equal(ada.aggregate("channel", "general").get().waiting, 2);
  const settled = await sent.settled;
  assert.equal(settled.state === "accepted" && settled.verdict.version, 2);
  await until(page, ({ optimistic, checkpoint }) => !optimistic && checkpoint?.["channel-general"] === 2);
  assert.deepEqual(ada.waiting.get(), []);
  const shown = seen.filter(({ data }) => data !== undefined);
  assert.ok(
    shown.every(({ data }) => data?.length === 1),
    "it never disappeared",
  );
});

test("what somebody says is seen by the others, and what has not changed is the same object", async (t) => {
  const here = await place(t);
  const [ada, bob] = [await here.client("ada"), await here.client("bob")];
  await ada.send(create("general")).settled;
  await ada.send(say("general", "m1")).settled;
  const page = bob.view("messages/general/1");
  watch(t, page);
  await until(page, ({ state }) => state === "hidden");
  const joined = bob.send(join("general"));
  assert.equal(joined.state, "undecided", "bob may not read it yet, so only the server knows");
  assert.equal((await joined.settled).state, "accepted");
  const first = await until(page, ({ data }) => data?.length === 1);
  await ada.send(say("general", "m2")).settled;
  const second = await until(page, ({ data }) => data?.length === 2);
  assert.equal(second.data?.[0], first.data?.[0]);
});

test("the first command of a stream is refused at once where its sender says that it is the first", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  const bad = { ...create("elsewhere"), data: { name: "no blanks in it", description: "" } } as const;
  assert.equal(ada.send(bad).state, "undecided", "elsewhere may be there, and not be hers to read");
  const sent = ada.send({ ...bad, stream: "channel-new" }, { first: true });
  assert.equal(sent.state, "refused");
  assert.equal(sent.verdict?.accepted === false && sent.verdict.rejection.code, "channel_name_invalid");
  assert.equal(ada.waiting.get().filter(({ command }) => command.stream === "channel-new").length, 0);
  // The server says no to the other one; what is sent in its place is judged here.
  const { rejected } = (await ada.send(bad).settled) as {
    readonly rejected: { readonly command: { readonly id: string } };
  };
  assert.equal(ada.retry(rejected.command.id, bad.data, { first: true }).state, "refused");
  assert.ok(
    ada.rejected.get().some(({ command }) => command.id === rejected.command.id),
    "it stays in the list",
  );
  const better = ada.retry(rejected.command.id, { name: "elsewhere", description: "" }, { first: true });
  assert.equal(better.state, "waiting");
  assert.equal((await better.settled).state, "accepted");
});

test("a command that the module cannot even read is refused on a stream that nobody here knows", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  const sent = ada.send(say("elsewhere", "m1", "\ud800"));
  assert.equal(sent.verdict?.accepted === false && sent.verdict.rejection.code, "lone_surrogate");
  assert.equal(sent.state, "refused");
  for (const stream of ["channel-no id", "room-general", "general"]) {
    const { state, verdict } = ada.send({ ...say("general", "m1"), stream });
    assert.deepEqual([state, verdict?.accepted], ["refused", false], stream);
  }
  watch(t, ada.aggregate("channel", "no id"));
  assert.deepEqual(ada.waiting.get(), []);
});

test("what one may do is asked of the rules, without sending", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  const general = ada.aggregate("channel", "general");
  watch(t, general);
  await until(general, ({ state }) => state === "hidden");
  assert.equal(general.get().decide(say("general", "m1")), undefined, "only the server knows");
  await ada.send(create("general")).settled;
  assert.equal(general.get().decide(say("general", "m1"))?.accepted, true);
  assert.equal(general.get().version, 1);
});
