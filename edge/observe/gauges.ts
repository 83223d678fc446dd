import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Meter } from "@opentelemetry/api";

/** Figures that others keep and that are asked for when somebody looks. */
export interface Gauges {
  readonly queueDepth?: () => Promise<number>;
  readonly deadLetters?: () => Promise<number>;
  readonly openStreams?: () => number;
  readonly openConnections?: () => number;
}

/** Answers how to stop. */
export function watchGauges(meter: Meter, gauges: Gauges): () => void {
  const { queueDepth, deadLetters, openStreams, openConnections } = gauges;
  const gauge = (name: string, description: string, value: (() => number | Promise<number>) | undefined) => {
    if (value === undefined) return;
    const observable = meter.createObservableGauge(`crowbar_${name}`, { description });
    observable.addCallback(async (result) => result.observe(await value()));
  };
  gauge("queue_depth", "Messages that wait for their view or are being projected.", queueDepth);
  gauge("dead_letters", "Streams that are halted for a view until somebody has looked.", deadLetters);
  gauge("open_streams", "Listeners to positions.", openStreams);
  gauge("open_connections", "Connections to this process.", openConnections);
  return watchProcess(meter);
}

function watchProcess(meter: Meter): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const late = meter.createObservableGauge("crowbar_event_loop_delay_seconds", {
    description: "How late timers came since it was last asked.",
  });
  late.addCallback((result) => {
    for (const percentile of [50, 99, 100]) {
      const seconds = percentile === 100 ? delay.max / 1e9 : delay.percentile(percentile) / 1e9;
      result.observe(delay.count === 0 ? 0 : seconds, { quantile: String(percentile / 100) });
    }
    delay.reset();
  });
  const memory = meter.createObservableGauge("crowbar_memory_bytes", {
    description: "Memory of this process, by kind.",
  });
  memory.addCallback((result) => {
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    const kinds = { rss, heap_used: heapUsed, external, array_buffers: arrayBuffers };
    for (const [kind, bytes] of Object.entries(kinds)) result.observe(bytes, { kind });
  });
  const cpu = meter.createObservableCounter("crowbar_cpu_seconds", { description: "Processor time of this process." });
  cpu.addCallback((result) => {
    const { user, system } = process.cpuUsage();
    result.observe((user + system) / 1e6);
  });
  return () => delay.disable();
}
