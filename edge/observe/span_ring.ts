import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";

/** A span that has ended. */
export interface EndedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId?: string;
  readonly name: string;
  /** Milliseconds since 1970, with fractions. */
  readonly from: number;
  readonly ms: number;
  readonly failed: boolean;
  readonly facts: { readonly [name: string]: unknown };
}

/** All spans of a trace that are remembered, in the order of their beginnings. */
export interface Trace {
  readonly traceId: string;
  readonly spans: readonly EndedSpan[];
}

/** Remembers the spans that ended last, in memory: for the page and for tests. */
export class SpanRing implements SpanProcessor {
  readonly #most: number;
  readonly #spans: EndedSpan[] = [];
  #next = 0;

  constructor(most: number) {
    this.#most = most;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    const { traceId, spanId } = span.spanContext();
    this.#spans[this.#next] = {
      traceId,
      spanId,
      ...(span.parentSpanContext && { parentId: span.parentSpanContext.spanId }),
      name: span.name,
      from: span.startTime[0] * 1e3 + span.startTime[1] / 1e6,
      ms: span.duration[0] * 1e3 + span.duration[1] / 1e6,
      failed: span.status.code === 2,
      facts: span.attributes,
    };
    this.#next = (this.#next + 1) % this.#most;
  }

  /** The traces that were heard of last, the newest first. */
  recent(most: number): readonly Trace[] {
    const inOrder = [...this.#spans.slice(this.#next), ...this.#spans.slice(0, this.#next)];
    const traces = new Map<string, EndedSpan[]>();
    for (const span of inOrder.reverse()) {
      const known = traces.get(span.traceId);
      if (known !== undefined) known.push(span);
      else if (traces.size < most) traces.set(span.traceId, [span]);
    }
    return [...traces].map(([traceId, spans]) => ({ traceId, spans: spans.sort((a, b) => a.from - b.from) }));
  }

  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
