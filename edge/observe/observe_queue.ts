import { SpanKind } from "@opentelemetry/api";
import type { Clock } from "../context/clock.ts";
import type { Delivery, Message, Queue } from "../relay/queue.ts";
import { commandOf, momentOf } from "./canonical.ts";
import type { Observe } from "./observe.ts";
import type { Span } from "./span.ts";
import type { Traces } from "./traces.ts";

/** An event from so long ago was brought by an importer: its age says nothing of how far the views are behind. */
const longAgoMs = 3_600_000;

/**
 * Has a queue tell what passes, from now on: how far the views are behind the events when a delivery is done, and spans of
 * publishing and of projecting for those events whose trace is recorded.
 */
export function observeQueue(queue: Queue, { metrics, traces }: Observe, clock: Clock): void {
  const publish = queue.publish.bind(queue);
  const receive = queue.receive.bind(queue);
  const acknowledge = queue.acknowledge.bind(queue);
  const release = queue.release.bind(queue);
  const park = queue.park.bind(queue);
  const projecting = new WeakMap<Delivery, readonly Span[]>();
  const end = (delivery: Delivery, failed: boolean) => {
    for (const span of projecting.get(delivery) ?? []) {
      span.end({ view: delivery.group, count: delivery.messages.length }, failed);
    }
    projecting.delete(delivery);
  };

  queue.publish = async (messages, signal) => {
    if (!traces.following) return publish(messages, signal);
    const spans = spansOf(traces, messages, "publish", SpanKind.PRODUCER);
    // Whoever receives it may do so before publishing has ended.
    for (const [commandId, span] of spans) traces.follow(commandId, span);
    let failed = true;
    try {
      await publish(messages, signal);
      failed = false;
    } finally {
      for (const span of spans.values()) span.end({ count: messages.length }, failed);
    }
  };
  queue.receive = async (options) => {
    const delivery = await receive(options);
    if (delivery === undefined || !traces.following) return delivery;
    const spans = spansOf(traces, delivery.messages, "project", SpanKind.CONSUMER);
    if (spans.size > 0) projecting.set(delivery, [...spans.values()]);
    return delivery;
  };
  queue.acknowledge = (delivery) => {
    const [first] = delivery.messages;
    const moment = first?.event && momentOf(first.event);
    const lag = moment === undefined ? longAgoMs : clock.now() - moment;
    metrics.projected(delivery.messages.length, lag < longAgoMs ? lag : undefined);
    end(delivery, false);
    return acknowledge(delivery);
  };
  queue.release = (delivery, delayMs) => {
    end(delivery, true);
    return release(delivery, delayMs);
  };
  queue.park = (delivery, ...why) => {
    end(delivery, true);
    return park(delivery, ...why);
  };
}

/** A span for each command whose events are among the messages and whose trace is recorded. */
function spansOf(traces: Traces, messages: readonly Message[], name: string, kind: SpanKind): Map<string, Span> {
  const spans = new Map<string, Span>();
  let before: Uint8Array | undefined;
  for (const { event } of messages) {
    // An event goes to several views, one message after the other.
    if (event === undefined || event === before) continue;
    before = event;
    const commandId = commandOf(event);
    const parent = spans.has(commandId) ? undefined : traces.ofCommand(commandId);
    if (parent !== undefined) spans.set(commandId, parent.child(name, kind));
  }
  return spans;
}
