import assert from "node:assert/strict";
import { test } from "node:test";
import { verify } from "../../../edge/cli/operations/verify.ts";
import { readVerdict } from "../../../edge/commands/verdict.ts";
import { type DecidedCommand, StoreDamaged } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { domain, type MemoryStack, memoryStack, noon, ran, withSlice } from "./memory_stack.ts";

const stream = "channel-general";
const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const textOf = (value: Uint8Array) => Buffer.from(value).toString();

/** Commands as they were decided one after the other: ada opens general, says two things, and bob is refused. */
function history(): readonly DecidedCommand[] {
  const acts = [
    ["ada", "create_channel", { name: "general", description: "" }],
    ["ada", "send_message", { messageId: "m1", text: "one" }],
    ["bob", "send_message", { messageId: "m2", text: "two" }],
    ["ada", "join_channel", {}],
    ["ada", "send_message", { messageId: "m3", text: "three" }],
  ] as const;
  using channel = domain.open("channel", stream);
  return acts.map(([actor, type, data], index) => {
    const id = uuid(index + 1);
    const command = bytes({ id, stream, type, data });
    const context = bytes({ at: noon, actor: { id: actor, roles: [] } });
    const decidedAt = channel.version;
    const verdict = Uint8Array.from(channel.decideBytes(command, context));
    if (readVerdict(verdict, decidedAt).accepted) channel.evolve(verdict);
    return { ...{ id, actor, stream, decidedAt, command, context, verdict }, digest: "0".repeat(64) };
  });
}

/** A log that somebody has written as they liked, with sound checksums: what they changed is all that is wrong. */
async function logOf(
  decided: readonly DecidedCommand[],
  change: (
    events: readonly { version: number; bytes: Uint8Array }[],
  ) => readonly { version: number; bytes: Uint8Array }[] = (events) => events,
): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  for (const each of decided) {
    const verdict = readVerdict(each.verdict, each.decidedAt);
    const events = verdict.accepted ? change(verdict.events) : [];
    const result = await store.append({ decided: each, events, claims: verdict.accepted ? verdict.claims : [] });
    assert.equal(result.kind, "appended");
  }
  return store;
}

async function findings(stack: MemoryStack): Promise<readonly string[]> {
  const { items } = await ran(verify, stack);
  return items.map((item) => {
    const { code, what } = (item as unknown as { finding: { code: string; what: string } }).finding;
    return `${code} ${what}`;
  });
}
const foundIn = async (store: MemoryEventStore) => findings(await memoryStack(store));

const replaced = (verdict: Uint8Array, from: string, to: string) => Buffer.from(textOf(verdict).replaceAll(from, to));

test("what was decided and projected here is well", async () => {
  const { result, items } = await ran(verify, await withSlice());
  assert.deepEqual(items, []);
  assert.deepEqual(result.findings, {});
  assert.ok(Number(result.events) > 300 && Number(result.views) > 3);
  assert.deepEqual(await foundIn(await logOf(history())), []);
});

test("a verdict that is not what the domain decides is found, and an event that is not its verdict's", async () => {
  const forged = history().map((each) => ({
    ...each,
    verdict: replaced(each.verdict, '"text":"one"', '"text":"eno"'),
  }));
  assert.deepEqual(await foundIn(await logOf(forged)), [`verdict_differs command ${uuid(2)}`]);
  const store = await logOf(history(), (events) =>
    events.map(({ version, bytes: event }) => ({ version, bytes: replaced(event, '"text":"one"', '"text":"eno"') })),
  );
  assert.deepEqual(await foundIn(store), [`event_differs event ${stream} 2`]);
});

test("a refusal that should have been none is found, and one for another reason", async () => {
  const decided = history();
  const refusal = decided[2] as DecidedCommand;
  const other = { ...refusal, verdict: replaced(refusal.verdict, "not_a_member", "channel_archived") };
  assert.deepEqual(await foundIn(await logOf(decided.with(2, other))), [`verdict_differs command ${uuid(3)}`]);
  const member = bytes({ at: noon, actor: { id: "ada", roles: [] } });
  assert.deepEqual(await foundIn(await logOf(decided.with(2, { ...refusal, context: member }))), [
    `verdict_differs command ${uuid(3)}`,
  ]);
});

test("another module's verdict is judged by all but its hash, and a no by all but its words", async () => {
  const decided = history();
  const other = "0".repeat(64);
  const theirs = decided.map((each) => ({
    ...each,
    verdict: replaced(replaced(each.verdict, domain.hash, other), "is not a member of", "does not belong to"),
  }));
  assert.deepEqual(await foundIn(await logOf(theirs)), []);
  const forged = theirs.map((each) => ({ ...each, verdict: replaced(each.verdict, '"text":"one"', '"text":"eno"') }));
  assert.deepEqual(await foundIn(await logOf(forged)), [`verdict_differs command ${uuid(2)}`]);
});

test("the same module's verdict has to be the same bytes", async () => {
  const spaced = history().map((each) => ({ ...each, verdict: replaced(each.verdict, '"events":[', '"events": [') }));
  const store = new MemoryEventStore();
  for (const each of spaced) {
    const verdict = readVerdict(replaced(each.verdict, '"events": [', '"events":['), each.decidedAt);
    const { events, claims } = verdict.accepted ? verdict : { events: [], claims: [] };
    await store.append({ decided: each, events, claims });
  }
  assert.ok((await foundIn(store)).includes(`verdict_differs command ${uuid(2)}`));
});

test("an event that no command has decided is found", async () => {
  // The store takes what it is given: here a verdict says less than what was appended with it.
  const decided = history();
  const second = decided[1] as DecidedCommand;
  const nothing = bytes({ accepted: true, stream, version: 1, events: [] });
  const store = new MemoryEventStore();
  for (const each of decided.slice(0, 2)) {
    const verdict = readVerdict(each.verdict, each.decidedAt);
    const silent = each === second ? { ...each, verdict: nothing } : each;
    await store.append({ decided: silent, events: verdict.accepted ? verdict.events : [], claims: [] });
  }
  assert.deepEqual(await foundIn(store), [
    `verdict_differs command ${uuid(2)}`,
    `event_unexplained event ${stream} 2`,
    "claim_not_held claim channel-name:general",
  ]);
});

test("a stream that cannot be folded is named, and the others are checked", async () => {
  const store = await logOf(history(), (events) =>
    events.map(({ version, bytes: event }) => ({
      version,
      bytes: replaced(event, '"message_sent"', '"message_said"'),
    })),
  );
  const found = await foundIn(store);
  assert.ok(found.includes(`event_differs event ${stream} 2`), String(found));
  assert.ok(found.includes(`event_unreadable event ${stream} 2`), String(found));
});

test("a snapshot that is not the state of its events is found", async () => {
  const stack = await memoryStack(await logOf(history()));
  using channel = domain.open("channel", stream);
  const { events } = await stack.store.read(stream, 0, 2);
  channel.fold(events);
  await stack.store.saveSnapshot({ stream, version: 2, domain: domain.hash, bytes: channel.snapshot() });
  assert.deepEqual(await findings(stack), []);
  await stack.store.saveSnapshot({ stream, version: 3, domain: domain.hash, bytes: channel.snapshot() });
  assert.deepEqual(await findings(stack), [`snapshot_differs snapshot ${stream} 3`]);
});

test("a damaged record is named once, however many meet it", async () => {
  class Damaged extends MemoryEventStore {
    override async *check(): AsyncGenerator<StoreDamaged> {
      yield new StoreDamaged(`command ${uuid(1)}`, "Its checksum is wrong.");
    }
    override commands(): Promise<never> {
      return Promise.reject(new StoreDamaged(`command ${uuid(1)}`, "Its checksum is wrong."));
    }
  }
  const store = new Damaged();
  for (const each of history()) {
    const verdict = readVerdict(each.verdict, each.decidedAt);
    await store.append({ decided: each, events: verdict.accepted ? verdict.events : [], claims: [] });
  }
  assert.deepEqual(await foundIn(store), [`record_damaged command ${uuid(1)}`]);
});

test("views that are not the fold of the log are found by name, and a replay mends them", async () => {
  const stack = await memoryStack(await logOf(history()));
  await stack.settled();
  const write = async (key: string, change: (text: string) => string) => {
    const stored = await stack.views.read(key);
    const changed = Buffer.from(change(textOf(stored?.bytes ?? Buffer.alloc(0))));
    await stack.views.write(key, changed, stored ? { ifMatch: stored.etag } : { ifNoneMatch: "*" });
  };
  await write("messages/general/1", (text) => text.replace('"text":"one"', '"text":"eno"'));
  await write("allchannels", (text) => text.replace(`"${stream}":`, `"${stream}":9`));
  await write("channel/general", () => "{}");
  const found = (await findings(stack)).toSorted();
  assert.deepEqual(found, [
    "view_ahead view allchannels",
    "view_differs view messages/general/1",
    "view_unreadable view channel/general",
  ]);
  await stack.replay();
  assert.deepEqual(await findings(stack), []);
});

test("commands that go on meanwhile are no findings", async () => {
  const stack = await withSlice();
  const work = verify(stack, {}, new AbortController().signal);
  const items: unknown[] = [];
  let count = 0;
  const speak = () => {
    count += 1;
    const data = { messageId: `live-${count}`, text: `still talking ${count}` };
    const command = bytes({ id: uuid(count), stream: "channel-ubuntu", type: "send_message", data });
    return stack.commands.submit({ command, actor: { id: "irc.importer" } });
  };
  const more: Promise<unknown>[] = [];
  for (let next = await work.next(); !next.done; next = await work.next()) {
    if (next.value.kind === "item") items.push(next.value.item);
    if (count < 300) more.push(speak());
  }
  await Promise.all(more);
  assert.ok(count > 10);
  assert.deepEqual(items, []);
});

test("a view that is late because something was just said is no finding; one that stays behind is", async () => {
  const stack = await memoryStack(await logOf(history()));
  await stack.settled();
  const before = await stack.views.read("messages/general/1");
  const speak = (number: number) => {
    const data = { messageId: `m${number}`, text: "late" };
    const command = bytes({ id: uuid(number), stream, type: "send_message", data });
    return stack.commands.submit({ command, actor: { id: "ada" } });
  };
  const late: MemoryStack = {
    ...stack,
    withStillViews: (work) =>
      stack.withStillViews(async () => {
        await speak(100);
        return work();
      }),
  };
  assert.deepEqual(await findings(late), []);
  const now = await stack.views.read("messages/general/1");
  await stack.views.write("messages/general/1", before?.bytes ?? Buffer.alloc(0), { ifMatch: now?.etag ?? "" });
  assert.deepEqual(await findings(stack), ["view_behind view messages/general/1"]);
});
