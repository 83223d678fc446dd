// The law of the edge: whatever it refuses, the truth refuses too. Runs over histories and commands of all kinds, with
// whatever state of a stream lies near. `CROWBAR_RUNS=5000` makes a long campaign of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Deciding } from "../../../edge/commands/deciding.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import type { Near } from "../../../edge/viewer/near.ts";
import { NearStore } from "../../../edge/viewer/near_store.ts";
import { noon, withClaims } from "../auth/issuer.ts";
import { bytes, codeOf, command, create, general, instead, join, type Said, say } from "../commands/said.ts";
import { atTheEdge, chat, outcomeOf, posted, realVerifier, wasPassed } from "./at_the_edge.ts";

const people = ["ada", "bob", "eve"] as const;
/** One for all runs: each person's token is verified once. */
const verifier = realVerifier(new FixedClock(noon));
const authorization = Object.fromEntries(people.map((sub) => [sub, `Bearer ${withClaims({ sub })}`]));

const message = fc.constantFrom("m1", "m2", "m3");
const text = fc.constantFrom("hello", "hi", "", " ", "x".repeat(4001));
const emoji = fc.constantFrom("👍", "no");
const asked = fc.oneof(
  fc.constant(create(0)),
  fc.constant(join(0)),
  fc.constantFrom("leave_channel", "archive_channel").map((type) => command(0, type)),
  fc.constantFrom("general", "random", "", "No Name").map((name) => command(0, "rename_channel", { name })),
  fc.record({ messageId: message, text }).map((data) => command(0, "send_message", data)),
  fc.record({ messageId: message, text }).map((data) => command(0, "edit_message", data)),
  fc.record({ messageId: message }).map((data) => command(0, "delete_message", data)),
  fc.record({ messageId: message, emoji }).map((data) => command(0, "add_reaction", data)),
  fc
    .constantFrom({ type: "shout" }, { data: {} }, { stream: "channel-" }, { stream: "user-ada" }, { id: "x" })
    .map((wrong) => ({
      ...say(0),
      ...wrong,
    })),
);

interface Step {
  readonly said: Said;
  readonly actor: (typeof people)[number];
  /** Against the head: what its sender thinks the version is. */
  readonly lag: number | undefined;
  /** Which of the ids so far it comes with; beyond them a new one. */
  readonly id: number;
  /** With an old id comes what came with it before, from the same person. */
  readonly again: boolean;
}
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    said: asked,
    actor: fc.constantFrom(...people),
    lag: fc.option(fc.integer({ min: -1, max: 4 }), { nil: undefined }),
    id: fc.oneof({ weight: 3, arbitrary: fc.constant(99) }, fc.nat(8)),
    again: fc.boolean(),
  }),
  { maxLength: 25, size: "max" },
);

const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** A near that is behind: it has every state in which general has been, and hands out an older one. */
function behind(store: EventStore, back: number): Near {
  const old = instead(store, {
    snapshot: async (stream: string) => {
      const head = await store.head(stream);
      if (head === 0) return undefined;
      const version = Math.max(head - back, 1);
      using state = chat.open(stream.startsWith("user") ? "user" : "channel", stream);
      state.fold((await store.read(stream, 0, version)).events);
      return { stream, version, domain: chat.hash, bytes: state.snapshot() };
    },
  });
  return new NearStore(old, chat.hash);
}

test("whatever the edge refuses, the truth refuses; whatever is decided once, stays", async () => {
  const seen = new Map<string, number>();
  const law = fc.asyncProperty(steps, fc.nat(3), async (history, back) => {
    const store = new MemoryEventStore();
    const commands = new Deciding({ domain: chat, store, clock: new FixedClock(noon) });
    const send = (said: Said, id = "ada") => commands.submit({ command: bytes(said), actor: { id } });
    await send(create(1_000));
    const { handler } = atTheEdge({ near: behind(store, back), verifier });
    const first: Step[] = [];
    for (const step of history) {
      const { lag, id, again } = step;
      const earlier = first[id];
      if (earlier === undefined) first.push(step);
      const { said, actor } = (again ? earlier : undefined) ?? step;
      const version = lag === undefined ? {} : { expectedVersion: Math.max((await store.head(general)) - lag, 0) };
      const sent = {
        ...said,
        ...version,
        ...(said.id === "x" ? {} : { id: uuid(earlier === undefined ? first.length - 1 : id) }),
      };
      const early = await handler(posted(sent, { authorization: authorization[actor] ?? "" }));
      const truth = await send(sent, actor);
      const outcome = outcomeOf(early);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      if (wasPassed(early)) continue;
      assert.equal(truth.kind, "refused", `${outcome}, but the truth accepts ${JSON.stringify(sent)}`);
      // The same no, too, save that the stream may have moved on, or the id have been another command's.
      const codes = [outcome.slice(4), "version_conflict", "command_id_reused"];
      assert.ok(codes.includes(codeOf(truth)), `${outcome}, but the truth says ${codeOf(truth)}`);
    }
    await commands.close();
  });
  await fc.assert(law, { seed: 20_231_114, numRuns: Number(process.env.CROWBAR_RUNS ?? 100) });
  for (const outcome of [
    "passed",
    "409 version_conflict",
    "403 not_a_member",
    "400 unknown_type",
    "422 message_not_found",
  ]) {
    assert.ok((seen.get(outcome) ?? 0) >= 5, `${outcome}: ${seen.get(outcome)} of ${JSON.stringify([...seen])}`);
  }
});
