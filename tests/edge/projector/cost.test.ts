// What a message costs: as much in a channel of ten thousand as in one of a few hundred.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { general, History } from "./history.ts";
import { instead } from "./instead.ts";
import { running } from "./running.ts";
import { assertEqualToLog } from "./seen.ts";

interface Cost {
  written: number;
  read: number;
  /** Events that were read from a stream; the log that is followed is not counted. */
  events: number;
}

class Counted extends MemoryViews {
  readonly cost: Cost;

  constructor(cost: Cost) {
    super();
    this.cost = cost;
  }
  override async read(key: string) {
    const view = await super.read(key);
    this.cost.read += view?.bytes.length ?? 0;
    return view;
  }
  override async write(...given: Parameters<MemoryViews["write"]>) {
    this.cost.written += given[1].length;
    return super.write(...given);
  }
}

function counted(store: EventStore, cost: Cost): EventStore {
  return instead(store, {
    read: async (...given: Parameters<EventStore["read"]>) => {
      const answer = await store.read(...given);
      cost.events += answer.version - given[1];
      return answer;
    },
  });
}

/** What each of these costs in a channel of so many messages, the last page being as full. */
async function costsAt(messages: number): Promise<Record<"next" | "edit" | "old" | "restart", Cost>> {
  const cost: Cost = { written: 0, read: 0, events: 0 };
  const history = await History.ofGeneral();
  await history.sayMany(general, 1, messages);
  const views = new Counted(cost);
  const store = counted(history.store, cost);
  const parts = { views };
  let process = await running(store, parts);
  await process.settled();
  const during = async (work: () => Promise<void>): Promise<Cost> => {
    Object.assign(cost, { written: 0, read: 0, events: 0 });
    await work();
    await process.settled();
    return { ...cost };
  };
  const next = await during(() => history.say(general, "next"));
  const edit = await during(() => history.edit(general, "next", "changed"));
  const old = await during(() => history.edit(general, "m7", "changed"));
  await process.close();
  const restart = await during(async () => {
    process = await running(store, parts);
    await history.say(general, "after");
  });
  await assertEqualToLog(history.store, views);
  await process.close();
  history.close();
  return { next, edit, old, restart };
}

test("a message costs as many bytes in a channel of ten thousand as in one of a few hundred: the page that it is about is read and written", async () => {
  const few = await costsAt(250);
  const many = await costsAt(10_050);
  for (const what of ["next", "edit", "old"] as const) {
    assert.ok(few[what].written > 1_000, `${what} is written`);
    assert.ok(many[what].written < 1.2 * few[what].written, `${what}: ${JSON.stringify([few[what], many[what]])}`);
    assert.ok(many[what].read <= 1.2 * few[what].read + 1_000, `${what}: ${JSON.stringify([few[what], many[what]])}`);
    assert.equal(many[what].events, 0, `${what} asks nothing of the log`);
  }
  assert.ok(many.restart.written < 1.2 * few.restart.written);
  assert.ok(many.restart.read <= 1.2 * few.restart.read);
});
