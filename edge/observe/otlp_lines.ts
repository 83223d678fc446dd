import type { Attributes } from "@opentelemetry/api";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";

/** Writes each span that ends as one line of OTLP's JSON (`TracesData`), which a collector's file receiver reads. */
export class OtlpLines implements SpanProcessor {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    const { traceId, spanId } = span.spanContext();
    const { resource, instrumentationScope: scope, parentSpanContext: parent } = span;
    const told = {
      traceId,
      spanId,
      ...(parent && { parentSpanId: parent.spanId }),
      name: span.name,
      // OTLP counts kinds from 1; 0 is none.
      kind: span.kind + 1,
      startTimeUnixNano: nanoseconds(span.startTime),
      endTimeUnixNano: nanoseconds(span.endTime),
      attributes: attributes(span.attributes),
      status: { code: span.status.code },
    };
    const scopeSpans = [{ scope: { name: scope.name }, spans: [told] }];
    const data = { resourceSpans: [{ resource: { attributes: attributes(resource.attributes) }, scopeSpans }] };
    this.#write(`${JSON.stringify(data)}\n`);
  }

  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

/** As text: a number of that size is none in JSON. */
function nanoseconds([seconds, nanos]: readonly [number, number]): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}

function attributes(values: Attributes) {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: String(value) },
  }));
}
