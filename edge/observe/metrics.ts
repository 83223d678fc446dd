import type { Histogram } from "@opentelemetry/api";
import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { emptyResource } from "@opentelemetry/resources";
import { AggregationTemporality, AggregationType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { http } from "../outcome/outcome.ts";
import { type Gauges, watchGauges } from "./gauges.ts";
import { type Route, routes } from "./route.ts";
import { type Labels, Tally } from "./tally.ts";

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const outcomes: ReadonlyMap<number, string> = new Map(
  Object.entries(http).map(([outcome, { status }]) => [status, outcome]),
);

/** The same labels are the same object, so that they need not be made for each request. */
const routeLabels: ReadonlyMap<Route, Labels> = new Map(routes.map((route) => [route, { route }]));

/** The figures of a stack, in OpenTelemetry's instruments, told in Prometheus' words. */
export class Metrics {
  readonly #reader = new Reader();
  // Nothing beside the instruments' own labels: no scope, no resource.
  readonly #serializer = new PrometheusSerializer("", false, undefined, true, true);
  readonly #meter = new MeterProvider({ resource: emptyResource(), readers: [this.#reader] }).getMeter("crowbar");
  #types: ReadonlySet<string> = new Set();
  readonly #requests: Tally;
  readonly #latency: Histogram;
  readonly #commands: Tally;
  readonly #events: Tally;
  readonly #appends: Histogram;
  readonly #together: Histogram;
  readonly #lag: Histogram;
  readonly #written: Tally;
  readonly #troubles: Tally;
  #stop = () => {};

  /** `types`: as for `know`. */
  constructor(types: readonly string[] = []) {
    this.know(types);
    const tally = (name: string, description: string, ...names: readonly [first?: string, second?: string]) =>
      new Tally(this.#meter, `crowbar_${name}`, description, ...names);
    const histogram = (name: string, description: string, boundaries: number[]) =>
      this.#meter.createHistogram(`crowbar_${name}`, { description, advice: { explicitBucketBoundaries: boundaries } });
    this.#requests = tally("requests", "Requests answered, by route and outcome.", "route", "outcome");
    this.#latency = histogram("request_seconds", "Time to the answer, by route.", seconds);
    this.#commands = tally("commands", "Commands decided, by type and outcome.", "type", "outcome");
    this.#events = tally("events_appended", "Events stored.");
    this.#appends = histogram("append_seconds", "Time until an append is durable.", seconds);
    this.#together = histogram("commit_commands", "Commands that became durable together.", sizes);
    this.#lag = histogram("projection_lag_seconds", "From an event's moment to the write of a view with it.", seconds);
    this.#written = tally("view_messages", "Messages whose view was written.");
    this.#troubles = tally("troubles", "What did not work and was told in a line, by part.", "part");
  }

  /** The command types that there are. Others are counted as `other`, so that nobody can make new labels. */
  know(types: readonly string[]): void {
    this.#types = new Set(types);
  }

  request(route: Route, status: number, ms: number): void {
    const known = routeLabels.has(route) ? route : "other";
    this.#requests.add(1, known, status < 400 ? "ok" : (outcomes.get(status) ?? "other"));
    this.#latency.record(ms / 1000, routeLabels.get(known));
  }

  /** `outcome`: `accepted`, `unchanged`, or the code of the rejection. */
  decided(type: string, outcome: string): void {
    this.#commands.add(1, this.#types.has(type) ? type : "other", outcome);
  }

  appended(events: number, ms: number): void {
    if (events > 0) this.#events.add(events);
    this.#appends.record(ms / 1000);
  }

  committed(commands: number): void {
    this.#together.record(commands);
  }

  /** A view was written: so many messages, the first of which happened `lagMs` ago, if that is known. */
  projected(messages: number, lagMs: number | undefined): void {
    this.#written.add(messages);
    if (lagMs !== undefined) this.#lag.record(Math.max(0, lagMs) / 1000);
  }

  trouble(part: string): void {
    this.#troubles.add(1, part);
  }

  /** Asks for these figures, and the process's own, each time that somebody asks for `text`. Once. */
  watch(gauges: Gauges): void {
    this.#stop();
    this.#stop = watchGauges(this.#meter, gauges);
  }

  close(): void {
    this.#stop();
  }

  /** Everything, in Prometheus' text format 0.0.4. A gauge that fails is left out. */
  async text(): Promise<string> {
    const { resourceMetrics } = await this.#reader.collect();
    return this.#serializer.serialize(resourceMetrics);
  }
}

export const metricsType = "text/plain; version=0.0.4; charset=utf-8";

class Reader extends MetricReader {
  constructor() {
    super({
      aggregationSelector: () => ({ type: AggregationType.DEFAULT }),
      aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE,
    });
  }
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}
