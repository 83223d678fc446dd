// The module as it may be: one that stops, one of yesterday's, one that does not know what it reads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { load } from "@crowbar/domain/chat";
import { place, until, watch } from "./place.ts";
import { create, say } from "./said.ts";

test("a module that stops is replaced, what was folded in it is folded anew, and nothing is lost", {
  timeout: 60_000,
}, async (t) => {
  const here = await place(t);
  const own = await load();
  const ada = await here.client("ada", { domain: own });
  const [general, page] = [ada.aggregate("channel", "general"), ada.view("messages/general/1")];
  watch(t, general);
  const seen = watch(t, page);
  await ada.send(create("general")).settled;
  await ada.send(say("general", "m1")).settled;
  // An input that the module has no memory for ends its instance.
  assert.throws(() => own.check(new Uint8Array(0x7000_0000)), /stopped|memory|Invalid|large/i);
  const sent = ada.send(say("general", "m2"));
  assert.notEqual(sent.state, "refused");
  assert.equal((await sent.settled).state, "accepted");
  await until(general, ({ state, version }) => state === "ready" && version === 3);
  await until(page, ({ data, optimistic }) => data?.length === 2 && !optimistic);
  assert.equal(general.get().decide(say("general", "m1", "another"))?.accepted, false);
  const lengths = seen.flatMap(({ data }) => (data === undefined ? [] : [data.length]));
  assert.ok(
    lengths.every((length, at) => length >= (lengths[at - 1] ?? 0)),
    String(lengths),
  );
});

test("what is only looked at is folded anew, too", { timeout: 60_000 }, async (t) => {
  const here = await place(t);
  const own = await load();
  const ada = await here.client("ada", { domain: own });
  const general = ada.aggregate("channel", "general");
  watch(t, general);
  await ada.send(create("general")).settled;
  await until(general, ({ version, waiting }) => version === 1 && waiting === 0);
  await until(ada.status, ({ news }) => news === "push");
  // Then no news comes any more that would have it asked for again.
  await until(ada.view("channel/general"), ({ checkpoint }) => checkpoint?.["channel-general"] === 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.throws(() => own.check(new Uint8Array(0x7000_0000)));
  // For a moment nothing is known, and nobody is told a no that is none.
  const ask = () => general.get().decide(say("general", "m1"));
  assert.notEqual(ask()?.accepted, false);
  for (const patience = AbortSignal.timeout(10_000); ask()?.accepted !== true; await setImmediate()) {
    patience.throwIfAborted();
  }
});
