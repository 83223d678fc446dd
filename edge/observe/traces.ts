import { AsyncLocalStorage } from "node:async_hooks";
import { SpanKind, type Tracer } from "@opentelemetry/api";
import { emptyResource, type Resource } from "@opentelemetry/resources";
import { AlwaysOnSampler, RandomIdGenerator, type SpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Clock } from "../context/clock.ts";
import { Budget } from "./budget.ts";
import { recorded, type Span, unrecorded } from "./span.ts";
import { SpanRing, type Trace } from "./span_ring.ts";
import { readTraceparent } from "./traceparent.ts";

export interface TracesOptions {
  readonly clock: Clock;
  /** Most traces that are recorded in a second, whatever clients ask for; 20, if nothing is said. */
  readonly perSecond?: number;
  /** Where ended spans go beside the ring. */
  readonly processors?: readonly SpanProcessor[];
  readonly resource?: Resource;
}

/** Commands whose trace is remembered until their events are in the views. */
const mostCommands = 4_096;
const mostSpans = 2_048;

/**
 * Spans from the viewer to the projector, with one trace id. Up to the append they hang on each other; the log does not
 * carry them, so from there on a map in this process leads from a command's id, which every event names, to its trace.
 * (Between processes it would be an attribute of the queue's message.) Only recorded traces are in it.
 */
export class Traces {
  readonly #tracer: Tracer;
  readonly #ring = new SpanRing(mostSpans);
  readonly #ids = new RandomIdGenerator();
  readonly #budget: Budget;
  readonly #provider: TracerProvider;
  readonly #current = new AsyncLocalStorage<Span>();
  readonly #ofCommands = new Map<string, Span>();

  constructor({ clock, perSecond = 20, processors = [], resource = emptyResource() }: TracesOptions) {
    this.#budget = new Budget(clock, perSecond);
    // Which traces are recorded is decided in `begin`: nothing else gets as far as OpenTelemetry.
    this.#provider = new TracerProvider({
      sampler: new AlwaysOnSampler(),
      spanProcessors: [this.#ring, ...processors],
      resource,
    });
    this.#tracer = this.#provider.getTracer("crowbar");
  }

  /** Begins with a request: its own trace, or the one that a well-formed `traceparent` names. */
  begin(name: string, traceparent?: string): Span {
    const parent = readTraceparent(traceparent);
    if (this.#budget.take()) return recorded(this.#tracer, name, parent, SpanKind.SERVER);
    return unrecorded({
      traceId: parent?.traceId ?? this.#ids.generateTraceId(),
      spanId: this.#ids.generateSpanId(),
    });
  }

  /** Carries out the work of a request; `current` answers its span therein. */
  within<T>(span: Span, work: () => T): T {
    return span.sampled ? this.#current.run(span, work) : work();
  }

  /** The span of the request that is worked on, where it is recorded. */
  get current(): Span | undefined {
    return this.#current.getStore();
  }

  /** From now on whatever comes of this command hangs on that span. */
  follow(commandId: string, span: Span): void {
    if (!span.sampled) return;
    this.#ofCommands.delete(commandId);
    this.#ofCommands.set(commandId, span);
    if (this.#ofCommands.size <= mostCommands) return;
    for (const oldest of this.#ofCommands.keys()) {
      this.#ofCommands.delete(oldest);
      break;
    }
  }

  /** Is any command followed? If not there is nothing to look for. */
  get following(): boolean {
    return this.#ofCommands.size > 0;
  }

  ofCommand(commandId: string): Span | undefined {
    return this.#ofCommands.get(commandId);
  }

  /** The traces that were heard of last, the newest first. */
  recent(most = 20): readonly Trace[] {
    return this.#ring.recent(most);
  }

  close(): Promise<void> {
    return this.#provider.shutdown();
  }
}
