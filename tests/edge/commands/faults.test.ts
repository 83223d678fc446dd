// Commands of several processes on few streams, while the store fails before and after it has stored: whoever is not
// answered sends again, as a client does.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Reply } from "../../../edge/commands/commands.ts";
import { readVerdict } from "../../../edge/commands/verdict.ts";
import { StoreUnavailable } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { seeded } from "../projector/seeded.ts";
import { codeOf, command, create, domain, join, type Said, say, small, told } from "./said.ts";

const people = ["ada", "bob", "eve"].map((id) => ({ id }));
const streams = ["channel-a", "channel-b", "channel-c"];

/** What somebody does, from few enough possibilities that they get in each other's way. */
const deed = fc.record({
  process: fc.nat(2),
  actor: fc.constantFrom(...people),
  stream: fc.constantFrom(...streams),
  what: fc.constantFrom("create", "join", "leave", "say", "rename", "archive"),
  name: fc.constantFrom("red", "blue"),
  repeated: fc.boolean(),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function said({ stream, what, name }: Deed, number: number): Said {
  if (what === "create") return create(number, name, stream);
  if (what === "join") return join(number, stream);
  if (what === "say") return say(number, `text ${number}`, stream);
  if (what === "rename") return command(number, "rename_channel", { name }, stream);
  return command(number, what === "leave" ? "leave_channel" : "archive_channel", {}, stream);
}

/** Fails at one of `every` steps: before a batch is stored, or when it is and nobody has heard so. */
function failing(every: number, seed: number) {
  const random = seeded(seed);
  return new MemoryEventStore({
    fault: (step) => {
      if (step !== "append" && step !== "appended") return;
      if (random() * every < 1) throw new StoreUnavailable("io", "failed on purpose");
    },
  });
}

async function untilAnswered(send: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    const reply = await send();
    if (!["store_unavailable", "stream_busy"].includes(codeOf(reply))) return reply;
  }
}

test("whatever fails, every command has one outcome, and the log is what the rules make of it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 2, max: 9 }),
      fc.nat(),
      async (deeds, every, seed) => {
        const store = failing(every, seed);
        const processes = [0, 1, 2].map(() => small({ store }));
        const sent = deeds.map((each, i) => ({ ...each, command: said(each, i + 1) }));
        const outcomes = await Promise.all(
          sent.map(async (each) => {
            const send = () => (processes[each.process] as (typeof processes)[0]).send(each.command, each.actor);
            const replies = await Promise.all([untilAnswered(send), ...(each.repeated ? [untilAnswered(send)] : [])]);
            return [
              ...replies,
              await untilAnswered(() => (processes[0] as (typeof processes)[0]).send(each.command, each.actor)),
            ];
          }),
        );
        for (const replies of outcomes) assert.equal(new Set(replies.map(told)).size, 1);
        for (const stream of streams) await decidedAgain(store, stream);
        await namesAreUnique(store);
      },
    ),
    { seed: 11, numRuns: 60, endOnFailure: true },
  );
});

/** Each remembered command of a stream, decided again in its order, gives the verdict and the events that are stored. */
async function decidedAgain(store: MemoryEventStore, stream: string): Promise<void> {
  using aggregate = domain.open("channel", stream);
  const events: Uint8Array[] = [];
  for (const { decidedAt, command, context, verdict } of await store.commands(stream, 0, 1_000)) {
    assert.equal(aggregate.version, decidedAt);
    assert.deepEqual(Buffer.from(aggregate.decideBytes(command, context)), Buffer.from(verdict));
    const read = readVerdict(verdict, decidedAt);
    if (!read.accepted) continue;
    events.push(...read.events.flatMap(({ bytes }) => [bytes, Buffer.from("\n")]));
    if (read.events.length > 0) aggregate.evolve(verdict);
  }
  const stored = await store.read(stream, 0, 1_000);
  assert.deepEqual(Buffer.from(stored.events), Buffer.concat(events));
}

async function namesAreUnique(store: MemoryEventStore): Promise<void> {
  const held = new Map<string, string>();
  for (const stream of streams) {
    using aggregate = domain.open("channel", stream);
    aggregate.fold((await store.read(stream, 0, 1_000)).events);
    for (const key of aggregate.claims) {
      assert.equal(held.get(key), undefined, key);
      held.set(key, stream);
    }
  }
  assert.deepEqual(new Map(await store.claimed(["channel-name:red", "channel-name:blue"])), held);
}
