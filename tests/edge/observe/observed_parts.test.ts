// What is observed stays what it is: each port's own contract, and one trace from the viewer to the projector.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "@crowbar/domain/chat";
import { Deciding } from "../../../edge/commands/deciding.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { observeCommands } from "../../../edge/observe/observe_commands.ts";
import { observePipeline } from "../../../edge/observe/observe_pipeline.ts";
import { observeQueue } from "../../../edge/observe/observe_queue.ts";
import { observeStore } from "../../../edge/observe/observe_store.ts";
import { Projector } from "../../../edge/projector/projector.ts";
import { Hub } from "../../../edge/push/hub.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import { Relay } from "../../../edge/relay/relay.ts";
import { StoreUnavailable } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { messages } from "../relay/messages.ts";
import { queueContract } from "../relay/queue_contract.ts";
import { general, told } from "../store/appends.ts";
import { eventStoreContract } from "../store/event_store_contract.ts";
import { commandId, figure, noon, observing } from "./observing.ts";

eventStoreContract("that is observed", () => {
  const store = new MemoryEventStore();
  observeStore(store, observing().observe);
  return store;
});

queueContract("a queue that is observed", async () => {
  const { clock, observe } = observing();
  // So that it looks for traces, too.
  observe.traces.follow("nobody's command", observe.traces.begin("POST /commands"));
  const queue = await MemoryQueue.open({ clock });
  observeQueue(queue, observe, clock);
  const tried = { queue, passes: (ms: number) => clock.advance(ms), again: async () => tried };
  return tried;
});

/** The whole pipeline in memory, observed. */
async function pipeline() {
  const { clock, observe, log } = observing();
  const domain = await load();
  const store = new MemoryEventStore();
  const queue = await MemoryQueue.open({ clock });
  const views = new MemoryViews();
  const commands = new Deciding({ domain, store, clock });
  observeStore(store, observe);
  observeQueue(queue, observe, clock);
  observeCommands(commands, observe);
  const observer = observePipeline(observe);
  const relay = new Relay({ domain, store, queue, clock, observer });
  const projector = new Projector({ domain, store, views, queue, push: new Hub({ epoch: "1" }), clock, observer });
  return { clock, observe, log, commands, relay, projector, queue, views, store };
}

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const create = { id: commandId, stream: general, type: "create_channel", data: { name: "general", description: "" } };

test("a command is followed from the viewer to every view under its client's trace id", async () => {
  const { clock, observe, commands, relay, projector, queue } = await pipeline();
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const span = observe.traces.begin("POST /commands", `00-${traceId}-b7ad6b7169203331-01`);
  const submitted = commands.submit.bind(commands, { command: bytes(create), actor: { id: "ada" } });
  assert.equal((await observe.traces.within(span, submitted)).kind, "accepted");
  observe.request({ requestId: commandId, method: "POST", route: "/commands", status: 200, ms: 1 }, span);
  relay.start();
  projector.start();
  await relay.idle();
  await clock.advance(40);
  while ((await queue.depth()) > 0) await projector.progress();

  const [trace, ...others] = observe.traces.recent();
  assert.deepEqual(others, []);
  assert.equal(trace?.traceId, traceId);
  const spans = trace?.spans ?? [];
  const nameOf = (id: string | undefined) => spans.find((each) => each.spanId === id)?.name;
  const steps = spans.map(({ name, parentId, facts }) => [name, nameOf(parentId), facts["crowbar.view"]]);
  assert.deepEqual(steps.slice(0, 4), [
    ["POST /commands", undefined, undefined],
    ["decide", "POST /commands", undefined],
    ["append", "decide", undefined],
    ["publish", "append", undefined],
  ]);
  assert.deepEqual(steps.slice(4).sort(), [
    ["project", "publish", "allchannels"],
    ["project", "publish", "channel/general"],
  ]);
  assert.ok(spans.every(({ failed }) => !failed));
  await Promise.all([relay.close(), projector.close()]);
});

test("what passes is counted: decided, stored, together, and how far the views are behind", async () => {
  const { clock, observe, commands, relay, projector, queue } = await pipeline();
  const submit = (command: object, id: string) => commands.submit({ command: bytes(command), actor: { id } });
  const next = (digit: number) => commandId.replace(/1$/, String(digit));
  await submit(create, "ada");
  const say = { stream: general, type: "send_message", data: { messageId: "m1", text: "hi" } };
  await Promise.all([submit({ ...say, id: next(2) }, "ada"), submit({ ...say, id: next(3) }, "bob")]);
  await submit({ ...create, id: next(2) }, "ada"); // the id of another command
  await clock.advance(250);
  relay.start();
  projector.start();
  await relay.idle();
  while ((await queue.depth()) > 0) await projector.progress();
  const text = await observe.metrics.text();
  assert.equal(figure(text, 'crowbar_commands_total{type="create_channel",outcome="accepted"}'), 1);
  assert.equal(figure(text, 'crowbar_commands_total{type="send_message",outcome="accepted"}'), 1);
  assert.equal(figure(text, 'crowbar_commands_total{type="send_message",outcome="not_a_member"}'), 1);
  assert.equal(figure(text, "crowbar_events_appended_total"), 2);
  assert.equal(figure(text, "crowbar_append_seconds_count"), 3);
  assert.equal(figure(text, "crowbar_commit_commands_sum"), 3);
  assert.ok((figure(text, "crowbar_projection_lag_seconds_sum") ?? 0) >= 0.5);
  assert.equal(figure(text, 'crowbar_projection_lag_seconds_bucket{le="0.1"}'), 0);
  await Promise.all([relay.close(), projector.close()]);
});

test("an event from years ago, as an importer brings it, says nothing of lag", async () => {
  const { clock, observe } = observing();
  const queue = await MemoryQueue.open({ clock });
  observeQueue(queue, observe, clock);
  await queue.publish(messages(1));
  const signal = new AbortController().signal;
  const delivery = await queue.receive({ max: 1, visibilityMs: 1_000, signal });
  if (delivery) await queue.acknowledge(delivery);
  const text = await observe.metrics.text();
  assert.equal(figure(text, "crowbar_view_messages_total"), 1);
  assert.equal(figure(text, "crowbar_projection_lag_seconds_count"), undefined);
  await queue.close();
});

test("what a store cannot do is its caller's to hear, and is counted", async () => {
  const { observe } = observing();
  const full = new StoreUnavailable("full", "There is no room left.");
  const store = new MemoryEventStore({
    fault: () => {
      throw full;
    },
  });
  observeStore(store, observe);
  const span = observe.traces.begin("POST /commands");
  observe.traces.follow("c1", span);
  await assert.rejects(store.append(told("c1")), full);
  assert.equal(figure(await observe.metrics.text(), 'crowbar_troubles_total{part="store"}'), 1);
  assert.equal(observe.traces.recent()[0]?.spans[0]?.failed, true);
});

test("what the relay and the projector could not do is a line each, without the reason that may quote an event", () => {
  const { observe, log } = observing();
  const observer = observePipeline(observe);
  observer.failed?.("relay", new StoreUnavailable("io", "The log cannot be read."));
  observer.parked?.({ group: "channel/general", stream: general, version: 3, reason: "text is 'meet me'" });
  observer.damaged?.({ kind: "ahead", view: "allchannels", stream: general, at: 9, head: 8 });
  observer.damaged?.({ kind: "unreadable", view: "allusers", reason: "no JSON: meet me" });
  const whats = log.lines.map(({ level, line }) => [level, line.event === "part" ? line.what : ""]);
  assert.deepEqual(whats, [
    ["warn", "failed"],
    ["warn", "parked"],
    ["warn", "view_ahead"],
    ["warn", "view_unreadable"],
  ]);
  assert.doesNotMatch(JSON.stringify(log.lines), /meet/);
});

test("whoever observes nothing pays for no trace", async () => {
  const clock = new FixedClock(noon);
  const { observe } = observing({ clock, perSecond: 0 });
  const store = new MemoryEventStore();
  observeStore(store, observe);
  observe.traces.follow("c1", observe.traces.begin("POST /commands"));
  assert.equal(observe.traces.following, false);
  assert.equal((await store.append(told("c1"))).kind, "appended");
});
