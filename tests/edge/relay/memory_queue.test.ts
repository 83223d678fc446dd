// The queue in the process: the contract, and what is its own: that it forgets, that it is bounded, that it keeps halts.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { JournalFile } from "../../../edge/relay/journal_file.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import { type Delivery, QueueClosed } from "../../../edge/relay/queue.ts";
import { catchUp, general, list, messages, told } from "./messages.ts";
import { queueContract, type Tried, taken } from "./queue_contract.ts";

const noon = 1_709_208_000_000;
const folder = await mkdtemp(join(tmpdir(), "crowbar-queue-"));
after(() => rm(folder, { recursive: true }));
let journals = 0;

queueContract("the queue in the process", async () => {
  journals += 1;
  return tried(join(folder, `journal-${journals}`));
});

async function tried(path: string): Promise<Tried> {
  const clock = new FixedClock(noon);
  const queue = await MemoryQueue.open({ clock, journal: new JournalFile(path) });
  return { queue, passes: (ms) => clock.advance(ms), again: () => tried(path) };
}

const eventBytes = messages(1)[0]?.event.length ?? 0;
/** Room for just so many messages. */
const room = (count: number) => count * (200 + eventBytes);

test("publishing waits when too much is waiting, and goes on in order when there is room", async () => {
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon), capacity: room(2) });
  await queue.publish(messages(1, 3));
  const published: number[] = [];
  const all = [4, 5].map(async (version) => {
    await queue.publish(messages(version));
    published.push(version);
  });
  await queue.publish([catchUp(1, list)]); // it comes of what is being done, which cannot wait for itself
  await queue.acknowledge(await taken(queue, 1));
  assert.deepEqual(published, []);
  assert.equal(told(await taken(queue, 1)), "allchannels: +");
  await queue.acknowledge(await taken(queue, 1));
  await all[0];
  assert.deepEqual(published, [4]);
  await queue.acknowledge(await taken(queue, 1));
  await all[1];
  assert.equal(told(await taken(queue)), "channel/general: 4 5");
  await queue.close();
});

test("whoever waits for room may give up, or is told that there will be none", async () => {
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon), capacity: room(1) });
  await queue.publish(messages(1));
  const end = new AbortController();
  const given = queue.publish(messages(2), end.signal);
  const refused = queue.publish(messages(3));
  end.abort(new Error("given up"));
  await assert.rejects(given, /given up/);
  const closing = assert.rejects(refused, QueueClosed);
  await queue.close();
  await closing;
});

test("a turn that comes too late for one is the next one's: to publish, and to receive", async () => {
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon), capacity: room(1) });
  await queue.publish(messages(1));
  const end = new AbortController();
  const given = assert.rejects(queue.publish(messages(2), end.signal), /given up/);
  const next = queue.publish(messages(3));
  const held = await taken(queue);
  const done = queue.acknowledge(held);
  end.abort(new Error("given up"));
  await Promise.all([done, given, next]);

  const delivery = await taken(queue);
  assert.equal(told(delivery), "channel/general: 3");
  const leaving = new AbortController();
  const first = queue.receive({ max: 1, visibilityMs: 1_000, signal: leaving.signal });
  const second = taken(queue);
  const released = queue.release(delivery, 0);
  leaving.abort();
  assert.equal(await first, undefined);
  assert.equal(told(await second), "channel/general: 3");
  await released;
  await queue.close();
});

test("it knows from where the log is to be published again: where something is neither done nor put aside", async () => {
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon) });
  assert.equal(queue.unsettled(), undefined);
  await queue.publish([...messages(3, 4), ...messages(3, 3, list), catchUp(1, "allusers")]);
  assert.equal(queue.unsettled(), 3);
  await queue.acknowledge(await taken(queue, 1));
  assert.equal(queue.unsettled(), 3);
  await queue.acknowledge(await taken(queue));
  assert.equal(queue.unsettled(), 4);
  await queue.acknowledge(await taken(queue));
  await queue.park(await taken(queue), general, 4, "it cannot be read");
  assert.equal(queue.unsettled(), undefined);
  await queue.publish(messages(5));
  assert.equal(queue.unsettled(), undefined);
  await queue.close();
});

test("nobody is woken, and no timer is left, once nobody waits", async () => {
  const clock = new FixedClock(noon);
  const queue = await MemoryQueue.open({ clock });
  await queue.publish(messages(1));
  await queue.release(await taken(queue), 1_000);
  const end = new AbortController();
  const waiting = queue.receive({ max: 1, visibilityMs: 1, signal: end.signal });
  assert.equal(clock.sleepers, 1);
  end.abort();
  await waiting;
  assert.equal(clock.sleepers, 0);
  const last = taken(queue);
  await queue.close();
  await assert.rejects(last);
  assert.equal(clock.sleepers, 0);
});

type Step = "publish" | "receive" | "acknowledge" | "release" | "late";

test("whatever is answered, late or not at all: each message comes, in the order of its group, until it is done", async () => {
  const step = fc.record({
    kind: fc.constantFrom<Step>("publish", "receive", "receive", "acknowledge", "release", "late"),
    number: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const clock = new FixedClock(noon);
      const queue = await MemoryQueue.open({ clock });
      const next = [1, 1, 1, 1];
      const done = [0, 0, 0, 0];
      const held: Delivery[] = [];
      const receive = async () => {
        const end = new AbortController();
        const waiting = queue.receive({ max: 3, visibilityMs: 10, signal: end.signal });
        end.abort();
        return waiting;
      };
      const acknowledge = async (delivery: Delivery | undefined) => {
        if (delivery === undefined) return;
        const before = await queue.depth();
        await queue.acknowledge(delivery);
        if ((await queue.depth()) === before) return;
        const group = Number(delivery.group);
        const versions = delivery.messages.map(({ version }) => version);
        const expected = versions.map((_, index) => (done[group] ?? 0) + 1 + index);
        assert.deepEqual(versions, expected);
        done[group] = versions.at(-1) ?? 0;
      };
      for (const { kind, number } of steps) {
        if (kind === "publish") {
          const version = next[number] ?? 0;
          await queue.publish(messages(version, version + 1, String(number)));
          next[number] = version + 2;
        } else if (kind === "receive") held.push(...[await receive()].filter((delivery) => delivery !== undefined));
        else if (kind === "acknowledge") await acknowledge(held.splice(number, 1)[0]);
        else if (kind === "release") await Promise.all(held.splice(number, 1).map((each) => queue.release(each, 5)));
        else await clock.advance(4 * number);
      }
      for (const delivery of held) await acknowledge(delivery);
      await clock.advance(10);
      for (let delivery = await receive(); delivery !== undefined; delivery = await receive())
        await acknowledge(delivery);
      assert.deepEqual(
        done,
        next.map((version) => version - 1),
      );
      assert.equal(await queue.depth(), 0);
      assert.equal(queue.unsettled(), undefined);
      await queue.close();
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a hundred thousand messages of one group cost no more each than a few", async () => {
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon) });
  const many = 100_000;
  await queue.publish(messages(1, many));
  let count = 0;
  while (count < many) {
    const delivery = await taken(queue, 500);
    assert.equal(delivery.messages[0]?.version, count + 1);
    count += delivery.messages.length;
    await queue.acknowledge(delivery);
  }
  assert.equal(await queue.depth(), 0);
  await queue.close();
});

test("a message for a halted view takes no room", async () => {
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon), capacity: room(2) });
  await queue.publish(messages(1));
  await queue.park(await taken(queue), general, 1, "it cannot be read");
  for (let version = 2; version < 20; version += 1) await queue.publish(messages(version));
  assert.equal((await queue.deadLetters())[0]?.waiting, 19);
  await queue.publish(messages(1, 1, list));
  assert.equal(told(await taken(queue)), "allchannels: 1");
  await queue.close();
});
