import type { Clock } from "../context/clock.ts";
import { defectLine, type PartSeen, partLine, type RequestSeen, requestLine } from "./lines.ts";
import { isWritten, type Level, type Log } from "./log.ts";
import { Metrics } from "./metrics.ts";
import type { Span } from "./span.ts";
import { Traces, type TracesOptions } from "./traces.ts";

export interface ObserveOptions extends Omit<TracesOptions, "clock"> {
  readonly clock: Clock;
  readonly log: Log;
  /** The command types that there are, where they are known by now; see `Metrics.know`. */
  readonly types?: readonly string[];
}

/** What a running stack tells about itself: lines, figures, traces. Nothing depends on it, and nothing in it throws. */
export class Observe {
  readonly metrics: Metrics;
  readonly traces: Traces;
  readonly #log: Log;

  constructor({ clock, log, types, ...traces }: ObserveOptions) {
    this.metrics = new Metrics(types);
    this.traces = new Traces({ clock, ...traces });
    this.#log = log;
  }

  /** A request has been answered: its line, its figures, and the end of its span. */
  request(seen: RequestSeen, span?: Span): void {
    const { route, status, ms } = seen;
    this.metrics.request(route, status, ms);
    const level = levelOf(status);
    if (isWritten(this.#log, level)) {
      this.#log.write(level, requestLine(span === undefined ? seen : { ...seen, traceId: span.traceId }));
    }
    if (span?.sampled) span.end(seen, status >= 500);
  }

  /** Something that nobody has foreseen: where it happened, under the id that the sender was told. */
  defect(requestId: string, error: unknown): void {
    this.#log.write("error", defectLine(requestId, error));
  }

  part(level: Level, seen: PartSeen): void {
    if (isWritten(this.#log, level)) this.#log.write(level, partLine(seen));
  }

  /** A part could not do something, and goes on: a line and a figure. */
  trouble(seen: PartSeen): void {
    this.metrics.trouble(seen.part);
    this.part("warn", seen);
  }

  async close(): Promise<void> {
    this.metrics.close();
    await this.traces.close();
    await this.#log.close();
  }
}

/** Ours to mend, for others to wait, or all is well. */
function levelOf(status: number): Level {
  if (status === 503) return "warn";
  return status >= 500 ? "error" : "info";
}
