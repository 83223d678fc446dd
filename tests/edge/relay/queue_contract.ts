// What every Queue keeps to, whatever it keeps its messages in.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Delivery, type Queue, QueueClosed } from "../../../edge/relay/queue.ts";
import { catchUp, general, list, messages, overview, random, told } from "./messages.ts";

/** A queue, empty and by itself, and its time. */
export interface Tried {
  readonly queue: Queue;
  /** Lets ms pass. */
  passes(ms: number): Promise<void>;
  /** The same queue as the next process finds it, once this one has ended. */
  again(): Promise<Tried>;
}

const visibilityMs = 30_000;

/** Runs the suite against queues that `open` makes. */
export function queueContract(name: string, open: () => Promise<Tried>): void {
  const it = (sentence: string, run: (tried: Tried) => Promise<void>) =>
    test(sentence, async () => {
      const tried = await open();
      try {
        await run(tried);
      } finally {
        await tried.queue.close();
      }
    });

  describe(name, () => {
    it("messages of a group come in their order, together, up to as many as are wanted", async ({ queue }) => {
      await queue.publish(messages(1, 3));
      await queue.publish(messages(4, 5));
      const first = await taken(queue, 4);
      assert.equal(told(first), "channel/general: 1 2 3 4");
      assert.equal(first.attempt, 1);
      assert.deepEqual(first.messages.slice(0, 1).map(plain), messages(1).map(plain));
      await queue.acknowledge(first);
      assert.equal(told(await taken(queue)), "channel/general: 5");
    });

    it("nothing of a group comes while somebody holds some of it; other groups do", async ({ queue }) => {
      await queue.publish(messages(1, 2));
      const held = await taken(queue, 1);
      await queue.publish([...messages(3), ...messages(1, 1, list)]);
      assert.equal(told(await taken(queue)), "allchannels: 1");
      assert.equal(await nothing(queue), "nothing");
      await queue.acknowledge(held);
      assert.equal(told(await taken(queue)), "channel/general: 2 3");
    });

    it("two who wait get two groups", async ({ queue }) => {
      const both = [taken(queue), taken(queue)];
      await queue.publish([...messages(1), ...messages(1, 1, list)]);
      assert.deepEqual((await Promise.all(both)).map(told).sort(), ["allchannels: 1", "channel/general: 1"]);
    });

    it("a group in which much happens does not keep the others waiting", async ({ queue }) => {
      await queue.publish([...messages(1, 100), ...messages(1, 1, list)]);
      await queue.acknowledge(await taken(queue, 1));
      assert.equal(told(await taken(queue, 1)), "allchannels: 1");
    });

    it("what is released comes again in its order, before what is new, after its delay", async ({ queue, passes }) => {
      await queue.publish(messages(1, 2));
      await queue.release(await taken(queue), 2_000);
      await queue.publish(messages(3));
      assert.equal(await nothing(queue), "nothing");
      const waiting = taken(queue);
      await passes(2_000);
      const again = await waiting;
      assert.equal(told(again), "channel/general: 1 2 3");
      assert.equal(again.attempt, 2);
      await queue.release(again, 0);
      assert.equal((await taken(queue)).attempt, 3);
    });

    it("what nobody answers in its time comes again, and a late answer changes nothing", async ({ queue, passes }) => {
      await queue.publish(messages(1, 2));
      const late = await taken(queue);
      const waiting = taken(queue);
      await passes(visibilityMs);
      const again = await waiting;
      assert.equal(told(again), "channel/general: 1 2");
      assert.equal(again.attempt, 2);
      await queue.acknowledge(late);
      await queue.release(late, 0);
      await queue.park(late, general, 1, "late");
      assert.deepEqual(await queue.deadLetters(), []);
      assert.equal(await nothing(queue), "nothing");
      await queue.acknowledge(again);
      await queue.acknowledge(again);
      assert.equal(await queue.depth(), 0);
    });

    it("an answer that comes late changes nothing, even if nobody has taken it since", async ({ queue, passes }) => {
      await queue.publish(messages(1, 2));
      const late = await taken(queue);
      await passes(visibilityMs);
      await queue.acknowledge(late);
      assert.equal(told(await taken(queue)), "channel/general: 1 2");
    });

    it("whoever waits is told nothing when they no longer want to", async ({ queue }) => {
      const end = new AbortController();
      const waiting = queue.receive({ max: 1, visibilityMs, signal: end.signal });
      end.abort();
      assert.equal(await waiting, undefined);
      await queue.publish(messages(1));
      assert.equal(await queue.receive({ max: 1, visibilityMs, signal: end.signal }), undefined);
      assert.equal(told(await taken(queue)), "channel/general: 1");
    });

    it("it knows how much is not done", async ({ queue }) => {
      assert.equal(await queue.depth(), 0);
      await queue.publish([...messages(1, 2), ...messages(1, 1, list)]);
      const held = await taken(queue);
      assert.equal(await queue.depth(), 3);
      await queue.acknowledge(held);
      assert.equal(await queue.depth(), 1);
    });

    describe("what is parked", () => {
      const reason = "channel_exploded is no event that is known here.";
      const three = [...messages(1, 3, list), ...messages(1, 2, list, random)];

      it("halts its stream for that view; other streams go on", async ({ queue }) => {
        await queue.publish(three);
        await queue.park(await taken(queue), general, 2, reason);
        assert.deepEqual(await queue.deadLetters(), [{ group: list, stream: general, version: 2, reason, waiting: 2 }]);
        const others = await taken(queue);
        assert.deepEqual(
          others.messages.map(({ stream, version }) => `${stream} ${version}`),
          ["channel-random 1", "channel-random 2"],
        );
        assert.equal(others.attempt, 1);
        await queue.acknowledge(others);
        assert.equal(await queue.depth(), 0);
      });

      it("keeps what comes later of its stream back, and only there", async ({ queue }) => {
        await queue.publish(three);
        await queue.park(await taken(queue), general, 2, reason);
        await queue.publish([...messages(4, 4, list), ...messages(4)]);
        await queue.acknowledge(await taken(queue));
        assert.equal(told(await taken(queue)), "channel/general: 4");
        assert.equal((await queue.deadLetters())[0]?.waiting, 3);
      });

      it("goes on with a catch-up when somebody wants it to, and then as before", async ({ queue }) => {
        await queue.publish(messages(1, 3));
        await queue.park(await taken(queue), general, 2, reason);
        assert.equal(await queue.redrive(), 1);
        assert.deepEqual(await queue.deadLetters(), []);
        await queue.publish(messages(4));
        const again = await taken(queue);
        assert.equal(told(again), "channel/general: + 4");
        assert.deepEqual(plain(again.messages[0]), plain(catchUp(2)));
        await queue.acknowledge(again);
        assert.equal(await queue.depth(), 0);
        assert.equal(await queue.redrive(), 0);
      });

      it("may be one view's alone", async ({ queue }) => {
        await queue.publish([...messages(1), ...messages(1, 1, list)]);
        for (const delivery of [await taken(queue), await taken(queue)]) await queue.park(delivery, general, 1, reason);
        assert.equal(await queue.redrive(list), 1);
        assert.equal(told(await taken(queue)), "allchannels: +");
        assert.deepEqual(
          (await queue.deadLetters()).map(({ group }) => group),
          [overview],
        );
        assert.equal(await queue.redrive("channel/nothing"), 0);
      });

      it("may halt again, with what it is now", async ({ queue }) => {
        await queue.publish(messages(1, 3));
        await queue.park(await taken(queue), general, 2, reason);
        await queue.redrive();
        await queue.park(await taken(queue), general, 3, "another");
        assert.deepEqual(await queue.deadLetters(), [
          { group: overview, stream: general, version: 3, reason: "another", waiting: 1 },
        ]);
        assert.equal(await nothing(queue), "nothing");
      });

      it("is there after a restart, and halts what comes", async ({ queue, again }) => {
        await queue.publish(messages(1, 3));
        await queue.park(await taken(queue), general, 2, reason);
        const restarted = await again();
        try {
          const [letter] = await restarted.queue.deadLetters();
          assert.deepEqual(
            { ...letter, waiting: 0 },
            { group: overview, stream: general, version: 2, reason, waiting: 0 },
          );
          await restarted.queue.publish(messages(4));
          assert.equal(await nothing(restarted.queue), "nothing");
          assert.equal(await restarted.queue.redrive(), 1);
          assert.equal(told(await taken(restarted.queue)), "channel/general: +");
        } finally {
          await restarted.queue.close();
        }
      });
    });

    describe("a catch-up", () => {
      it("comes in its place", async ({ queue }) => {
        await queue.publish([...messages(1), catchUp(1), ...messages(2)]);
        assert.equal(told(await taken(queue)), "channel/general: 1 + 2");
      });

      it("is there once, until somebody has taken it", async ({ queue }) => {
        await queue.publish([catchUp(1), catchUp(3)]);
        const held = await taken(queue);
        assert.equal(told(held), "channel/general: +");
        await queue.publish([catchUp(4)]);
        await queue.publish([catchUp(5)]);
        await queue.acknowledge(held);
        const next = await taken(queue);
        assert.equal(told(next), "channel/general: +");
        await queue.acknowledge(next);
        assert.equal(await queue.depth(), 0);
      });

      it("that nobody has done is there after a restart; one that is done is not", async ({ queue, again }) => {
        await queue.publish([catchUp(1), catchUp(1, list)]);
        await queue.acknowledge(await taken(queue));
        const restarted = await again();
        try {
          assert.equal(told(await taken(restarted.queue)), "allchannels: +");
          assert.equal(await nothing(restarted.queue), "nothing");
        } finally {
          await restarted.queue.close();
        }
      });
    });

    it("takes and gives nothing once it is closed", async ({ queue }) => {
      const waiting = queue.receive({ max: 1, visibilityMs, signal: new AbortController().signal });
      await queue.close();
      assert.equal(await waiting, undefined);
      await assert.rejects(queue.publish(messages(1)), QueueClosed);
      assert.equal(await queue.receive({ max: 1, visibilityMs, signal: new AbortController().signal }), undefined);
    });
  });
}

/** What is delivered next. */
export async function taken(queue: Queue, max = 100): Promise<Delivery> {
  const delivery = await queue.receive({ max, visibilityMs, signal: new AbortController().signal });
  assert.ok(delivery, "something is delivered");
  return delivery;
}

/** What is delivered now, in short; what is, is left as it was. */
async function nothing(queue: Queue): Promise<string> {
  const end = new AbortController();
  const waiting = queue.receive({ max: 100, visibilityMs, signal: end.signal });
  await new Promise<void>((resolve) => setImmediate(resolve));
  end.abort();
  return told(await waiting);
}

/** Without what is a buffer here and another there. */
function plain(message: object | undefined): unknown {
  return JSON.parse(JSON.stringify(message));
}
