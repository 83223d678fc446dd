import type { Meter } from "@opentelemetry/api";

export type Labels = Readonly<Record<string, string>>;

interface Entry {
  readonly labels: Labels;
  value: number;
}

/**
 * A counter with two labels at most. It counts by itself and tells OpenTelemetry when that is asked, because counting there
 * costs a microsecond each time.
 */
export class Tally {
  readonly #names: readonly [first?: string, second?: string];
  readonly #entries = new Map<string, Map<string, Entry>>();

  constructor(meter: Meter, name: string, description: string, ...names: readonly [first?: string, second?: string]) {
    this.#names = names;
    meter.createObservableCounter(name, { description }).addCallback((result) => {
      for (const entries of this.#entries.values()) {
        for (const { value, labels } of entries.values()) result.observe(value, labels);
      }
    });
    if (names.length === 0) this.add(0);
  }

  add(count: number, first = "", second = ""): void {
    const entry = this.#entries.get(first)?.get(second);
    if (entry !== undefined) {
      entry.value += count;
      return;
    }
    const entries = this.#entries.get(first) ?? new Map<string, Entry>();
    this.#entries.set(first, entries.set(second, { labels: this.#labels(first, second), value: count }));
  }

  #labels(...values: readonly string[]): Labels {
    const named = this.#names.map((name, at) => [name ?? "", values[at] ?? ""] as const);
    return Object.fromEntries(named);
  }
}
