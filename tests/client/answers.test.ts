import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fault, gate, Way } from "./faults.ts";
import { logged, place, until, watch } from "./place.ts";
import { create, join, say } from "./said.ts";

const ways: readonly (readonly [string, Fault])[] = [
  ["never arrives", "dropped"],
  ["is answered, and the answer is lost", "lost"],
  ["arrives twice", "twice"],
  ["is answered, and the answer breaks off", "broken off"],
  ["is answered with 503", { status: 503 }],
  ["is answered with 500", { status: 500 }],
  ["is answered by somebody else's page", { status: 200 }],
  ["is answered by somebody else's not found", { status: 404 }],
  ["is answered by somebody else's JSON", { status: 200, body: '{"accepted":true}' }],
];
for (const [what, fault] of ways) {
  test(`a command that ${what} is sent again under its id, and happens once`, async (t) => {
    const here = await place(t);
    const way = new Way();
    let left = 3;
    way.fault = ({ path }) => (path === "/commands" && left-- > 0 ? fault : undefined);
    const ada = await here.client("ada", { fetch: way.fetch });
    const page = ada.view("messages/general/1");
    const seen = watch(t, page);
    const [made, said] = [ada.send(create("general")), ada.send(say("general", "m1"))];
    assert.deepEqual([(await made.settled).state, (await said.settled).state], ["accepted", "accepted"]);
    await until(page, ({ optimistic }) => !optimistic);
    assert.deepEqual(
      (await logged(here)).map(({ type, command }) => [type, command]),
      [
        ["channel_created", made.id],
        ["message_sent", said.id],
      ],
    );
    assert.deepEqual(new Set(way.commands.map(({ id }) => id)), new Set([made.id, said.id]));
    const lengths = seen.flatMap(({ data }) => (data === undefined ? [] : [data.length]));
    assert.ok(
      lengths.every((length, at) => length >= (lengths[at - 1] ?? 0)),
      `nothing disappeared: ${lengths}`,
    );
    assert.deepEqual([ada.waiting.get(), ada.rejected.get()], [[], []]);
  });
}

test("Retry-After is obeyed", async (t) => {
  const here = await place(t);
  const way = new Way();
  const sentAt: number[] = [];
  way.fault = ({ path }) => {
    if (path !== "/commands") return undefined;
    sentAt.push(Date.now());
    return sentAt.length === 1 ? { status: 429, headers: { "retry-after": "1" } } : undefined;
  };
  const ada = await here.client("ada", { fetch: way.fetch });
  await ada.send(create("general")).settled;
  assert.equal(sentAt.length, 2);
  assert.ok((sentAt[1] ?? 0) - (sentAt[0] ?? 0) >= 1000);
});

test("where the token has run out a new one is asked for, once", async (t) => {
  const here = await place(t);
  const good = await here.token("ada");
  const asked: boolean[] = [];
  let isOld = true;
  const ada = await here.client("ada", {
    actor: { id: "ada" },
    token: ({ refresh }) => {
      asked.push(refresh);
      if (refresh) isOld = false;
      return isOld ? "old" : good;
    },
  });
  assert.equal((await ada.send(create("general")).settled).state, "accepted");
  assert.ok(asked.includes(true));
});

test("where nobody is signed in what waits is kept, and goes when somebody is", async (t) => {
  const here = await place(t);
  let token: string | undefined;
  const ada = await here.client("ada", { actor: { id: "ada" }, token: () => token });
  const sent = ada.send(create("general"));
  await sent.kept;
  await until(ada.status, ({ state }) => state === "signed_out");
  assert.equal(ada.status.get().waiting, 1);
  token = await here.token("ada");
  assert.equal((await sent.settled).state, "accepted");
  await until(ada.status, ({ state }) => state === "online");
});

test("where a rule of the server says no, the command goes to the list with its words, and its effect with it", async (t) => {
  const here = await place(t);
  const [ada, bob] = [await here.client("ada"), await here.client("bob")];
  await ada.send(create("general")).settled;
  const sent = bob.send(create("other", "general"));
  assert.equal(sent.state, "waiting");
  const page = bob.view("messages/other/1");
  watch(t, page);
  const queued = bob.send(say("other", "m1", "Is anybody here?"));
  assert.equal(page.get().data?.length, 1);
  const settled = await sent.settled;
  assert.equal(settled.state === "rejected" && settled.rejected.code, "channel_name_taken");
  assert.equal((await queued.settled).state, "rejected");
  assert.equal(page.get().data, undefined);
  const [first, second] = bob.rejected.get();
  assert.deepEqual(
    [first?.code, first?.by, first?.message],
    ["channel_name_taken", "server", "Another channel has this name."],
  );
  assert.equal(second?.code, "channel_not_found");
  assert.equal(second?.command.type === "send_message" && second.command.data.text, "Is anybody here?");
  // With another name it works, and so does what was said in it.
  const again = bob.retry(first?.command.id ?? "", { name: "other", description: "" });
  assert.equal((await again.settled).state, "accepted");
  assert.equal((await bob.retry(second?.command.id ?? "").settled).state, "accepted");
  await until(bob.rejected, (list) => list.length === 0);
});

test("what is discarded is gone for good", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  await ada.send(create("general")).settled;
  const bob = await here.client("bob");
  const sent = bob.send(create("other", "general"));
  await sent.settled;
  await bob.discard(sent.id);
  assert.deepEqual(bob.rejected.get(), []);
  await bob.close();
  assert.deepEqual((await here.client("bob")).rejected.get(), []);
});

test("a no that was taken for a yes is decided here, before it is sent, when the log has moved on", async (t) => {
  const here = await place(t);
  const way = new Way();
  const ada = await here.client("ada");
  await ada.send(create("general")).settled;
  await ada.send(say("general", "m1")).settled;
  const bob = await here.client("bob", { fetch: way.fetch });
  watch(t, bob.aggregate("channel", "general"));
  await bob.send(join("general")).settled;
  await until(bob.aggregate("channel", "general"), ({ state, version }) => state === "ready" && version === 3);
  // Bob's commands do not get through; what happens meanwhile does.
  const { open, passed } = gate();
  way.fault = ({ path }) => (path === "/commands" ? passed.then(() => "lost") : undefined);
  const first = bob.send(say("general", "m2"));
  await until(bob.waiting, (list) => list.some(({ sending }) => sending));
  const second = bob.send(say("general", "m3"));
  await ada.send({ stream: "channel-general", type: "archive_channel", data: {} }).settled;
  const settled = await second.settled;
  assert.deepEqual(settled.state === "rejected" && [settled.rejected.code, settled.rejected.by], [
    "channel_archived",
    "here",
  ]);
  assert.deepEqual(
    bob.waiting.get().map(({ command }) => command.id),
    [first.id],
    "that one may have arrived",
  );
  way.fault = () => undefined;
  open();
  const answered = await first.settled;
  assert.deepEqual(answered.state === "rejected" && [answered.rejected.code, answered.rejected.by], [
    "channel_archived",
    "server",
  ]);
});
