import { type Span as OtelSpan, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import { codeOf, commandIdOf, countOf, idOf, viewOf } from "./forms.ts";
import { type Place, writeTraceparent } from "./traceparent.ts";

/** What a span may say, and nothing else. */
export interface SpanFacts {
  readonly status?: number;
  readonly code?: string;
  readonly stream?: string;
  readonly version?: number;
  readonly view?: string;
  readonly commandId?: string;
  readonly count?: number;
}

/** Some work on the way of a request, from its beginning to its end. */
export interface Span extends Place {
  /** For the header that hands the trace on. */
  readonly traceparent: string;
  /** What is begun under this one; it costs nothing where nothing is recorded. */
  child(name: string, kind?: SpanKind): Span;
  /** Once. `failed`: it did not do what it was for. */
  end(facts?: SpanFacts, failed?: boolean): void;
}

/** A span that is only handed on. */
export function unrecorded(place: Omit<Place, "sampled">): Span {
  const span: Span = {
    ...place,
    sampled: false,
    get traceparent() {
      return writeTraceparent(span);
    },
    child: () => span,
    end: () => {},
  };
  return span;
}

/** Begins a span that is recorded. */
export function recorded(tracer: Tracer, name: string, parent: Place | undefined, kind = SpanKind.INTERNAL): Span {
  const context =
    parent === undefined
      ? ROOT_CONTEXT
      : trace.setSpanContext(ROOT_CONTEXT, { traceId: parent.traceId, spanId: parent.spanId, traceFlags: 1 });
  const begun = tracer.startSpan(name, { kind, startTime: finely() }, context);
  const { traceId, spanId } = begun.spanContext();
  const place = { traceId, spanId, sampled: true };
  return {
    ...place,
    traceparent: writeTraceparent(place),
    child: (childName, childKind) => recorded(tracer, childName, place, childKind),
    end(facts = {}, failed = false) {
      tell(begun, facts);
      if (failed) begun.setStatus({ code: SpanStatusCode.ERROR });
      begun.end(finely());
    },
  };
}

/** In ms since 1970 with their fractions: by the machine's date alone, steps within one ms would have no order. */
const finely = () => performance.timeOrigin + performance.now();

function tell(span: OtelSpan, { status, code, stream, version, view, commandId, count }: SpanFacts): void {
  if (status !== undefined) span.setAttribute("http.response.status_code", countOf(status));
  if (code !== undefined) span.setAttribute("crowbar.code", codeOf(code));
  if (stream !== undefined) span.setAttribute("crowbar.stream", idOf(stream));
  if (version !== undefined) span.setAttribute("crowbar.version", countOf(version));
  if (view !== undefined) span.setAttribute("crowbar.view", viewOf(view));
  if (commandId !== undefined) span.setAttribute("crowbar.command", commandIdOf(commandId));
  if (count !== undefined) span.setAttribute("crowbar.count", countOf(count));
}
