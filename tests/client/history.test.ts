import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Unanswered } from "../../web/client/src/index.ts";
import { Way } from "./faults.ts";
import { place, until, watch } from "./place.ts";
import { archive, create, edit, join, say } from "./said.ts";

test("a stream is looked at as it was after each of its events, and a command is tried there", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  await ada.send(create("general")).settled;
  await ada.send(say("general", "m1", "first")).settled;
  await ada.send(edit("general", "m1", "second")).settled;
  await ada.send(archive("general")).settled;
  const history = await ada.history("channel", "general");
  t.after(() => history.close());
  assert.deepEqual(
    history.events.map(({ version, type }) => [version, type]),
    [
      [1, "channel_created"],
      [2, "message_sent"],
      [3, "message_edited"],
      [4, "channel_archived"],
    ],
  );
  const texts = [0, 1, 2, 3, 4].map((version) =>
    history.viewAt("messages/general/1", version).data?.map(({ text }) => text),
  );
  assert.deepEqual(texts, [[], [], ["first"], ["second"], ["second"]]);
  assert.equal(history.viewAt("channel/general", 3).data?.archived, false);
  assert.equal(history.viewAt("channel/general", 4).data?.archived, true);
  assert.deepEqual([history.claimsAt(3), history.claimsAt(4)], [["channel-name:general"], []]);
  const codes = [0, 2, 4].map((version) => {
    const verdict = history.decideAt(version, say("general", "m2"));
    return verdict.accepted ? "accepted" : verdict.rejection.code;
  });
  assert.deepEqual(codes, ["channel_not_found", "accepted", "channel_archived"]);
  assert.deepEqual(ada.waiting.get(), []);
});

test("a history of many events answers at any version, pages included, in any order of asking", {
  timeout: 60_000,
}, async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  await ada.send(create("general")).settled;
  const sent = Array.from({ length: 2_500 }, (_, number) => ada.send(say("general", `m${number}`)));
  await sent.at(-1)?.settled;
  await until(ada.waiting, (list) => list.length === 0);
  const history = await ada.history("channel", "general");
  assert.equal(history.events.length, 2_501);
  for (const version of [2_501, 2_000, 2_001, 2_200, 150, 2_100, 2_501]) {
    for (const page of [1, 2, 20, 21, 25]) {
      const messages = history.viewAt(`messages/general/${page}`, version).data ?? [];
      const first = (page - 1) * 100;
      const count = Math.max(0, Math.min(100, version - 1 - first));
      assert.deepEqual(
        messages.map(({ messageId }) => messageId),
        Array.from({ length: count }, (_, at) => `m${first + at}`),
        `page ${page} at ${version}`,
      );
    }
    const again = history.decideAt(version, say("general", "m2000", "another text"));
    assert.equal(again.accepted, version < 2_002, `at ${version}`);
  }
});

test("a stream that one may not read has no history here", async (t) => {
  const here = await place(t);
  const [ada, bob] = [await here.client("ada"), await here.client("bob")];
  await ada.send(create("general")).settled;
  await assert.rejects(bob.history("channel", "general"), /channel-general cannot be read here/);
});

test("the command behind a version is asked for once, and again only where it was not answered", async (t) => {
  const here = await place(t);
  const way = new Way();
  const [ada, bob] = [await here.client("ada", { fetch: way.fetch }), await here.client("bob")];
  await ada.send(create("general")).settled;
  await bob.send(join("general")).settled;
  await bob.send(say("general", "m1", "  first \n")).settled;
  const left = new AbortController();
  const history = await ada.history("channel", "general", left.signal);
  t.after(() => history.close());
  const asked = () => way.asked.flatMap(({ path }) => (path.includes("/commands/") ? [path] : []));

  way.fault = ({ path }) => (path.includes("/commands/") ? "dropped" : undefined);
  await assert.rejects(history.commandOf(3), Unanswered);
  way.fault = ({ path }) => (path.includes("/commands/") ? { status: 200, body: "{}" } : undefined);
  await assert.rejects(history.commandOf(3), { name: "Unanswered", message: "That is no answer." });
  way.fault = () => undefined;
  assert.equal(asked().length, 2);
  assert.equal(history.commandOf(3), history.commandOf(3));
  const { command, context, verdict, decidedAt } = await history.commandOf(3);
  assert.deepEqual(command, { id: history.events[2]?.command, ...say("general", "m1", "  first \n") });
  assert.deepEqual(context, { at: history.events[2]?.at, actor: history.events[2]?.actor });
  assert.equal(context.actor.id, "bob");
  assert.equal(decidedAt, 2);
  assert.ok(verdict.accepted);
  assert.deepEqual(verdict.events, [history.events[2]]);
  assert.deepEqual(asked(), Array(3).fill(`/streams/channel-general/commands/${command.id}`));

  for (const version of [0, 4, -1, 1.5]) await assert.rejects(history.commandOf(version), RangeError);
  assert.equal(asked().length, 3);
  way.fault = ({ path }) => (path.includes("/commands/") ? { status: 404 } : undefined);
  await assert.rejects(history.commandOf(1), RangeError);
  way.fault = () => undefined;
  left.abort();
  await assert.rejects(history.commandOf(2), Unanswered);
  assert.equal((await history.commandOf(3)).command.id, command.id);
});

test("a long stream is opened from what was kept on the device, and only what is new is fetched", {
  timeout: 60_000,
}, async (t) => {
  const here = await place(t);
  const first = await here.client("ada");
  await first.send(create("general")).settled;
  const sent = Array.from({ length: 1_000 }, (_, number) => first.send(say("general", `m${number}`)));
  await sent.at(-1)?.settled;
  await first.close();
  const way = new Way();
  const asked: string[] = [];
  const second = await here.client("ada", {
    fetch: (input, init) => {
      asked.push(String(input).slice(here.origin.length));
      return way.fetch(input, init);
    },
  });
  const general = second.aggregate("channel", "general");
  watch(t, general);
  await until(general, ({ state, version }) => state === "ready" && version === 1_001);
  assert.equal(general.get().decide(say("general", "m5", "another"))?.accepted, false);
  const afters = () => asked.flatMap((path) => (path.startsWith("/streams/") ? [Number(path.split("after=")[1])] : []));
  while (afters().length === 0) await setImmediate();
  const after = afters();
  assert.ok(after.length > 0 && after.every((version) => version >= 980), String(after));
});
