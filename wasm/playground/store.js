// The smallest event store there is: a log, the streams and views that are open in the module, and the claims.
// What a server would do behind an HTTP handler happens here in the page, with the same module.

/** A decision takes less than the clock's grain: this many are measured at once, for so many milliseconds. */
const atOnce = 25;
const measureFor = 10;

/** A UUID of version 7 (RFC 9562, 5.7): 48 bits of time, the rest random. */
export function uuid7(now = Date.now()) {
  const time = now.toString(16).padStart(12, "0");
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

export class Store {
  #domain;
  #streams = new Map();
  #views = new Map();
  /** Key of a claim → the stream that holds it. */
  #claims = new Map();
  /** Every event, in the order of acceptance. */
  log = [];

  constructor(domain) {
    this.#domain = domain;
  }

  version(stream) {
    return this.#streams.get(stream)?.version ?? 0;
  }

  /** Opened views by key, in order of their first event. */
  views() {
    return [...this.#views].map(([key, view]) => ({ key, ...view.toJSON() }));
  }

  /** Of every described claim: what other streams are known to hold. */
  #factsFor(stream, aggregate) {
    if (!aggregate.facts.some((fact) => fact.name === "claimed")) return {};
    const claimed = [...this.#claims].flatMap(([key, holder]) => (holder === stream ? [] : [key]));
    return { facts: { claimed } };
  }

  /** Decides, and where it is accepted, appends, folds and projects. Answers what was asked, what came of it, how long. */
  send(aggregate, id, type, data, actor) {
    const stream = `${aggregate.name}-${id}`;
    const command = { id: uuid7(), stream, type, data };
    const context = { at: Date.now(), actor: { id: actor }, ...this.#factsFor(stream, aggregate) };
    const known = this.#streams.get(stream);
    const opened = known ?? this.#domain.open(aggregate.name, stream);
    const verdict = opened.decide(command, context);
    const timing = this.#measure(opened, command, context);
    if (verdict.accepted && verdict.events.length > 0) {
      this.#streams.set(stream, opened);
      this.#accept(opened, verdict);
    } else if (!known) {
      opened.close();
    }
    return { command, context, verdict, timing };
  }

  /** Deciding changes nothing, so it can be asked again and again: the median of as many as fit into a few ms. */
  #measure(stream, command, context) {
    const encoder = new TextEncoder();
    const bytes = [encoder.encode(JSON.stringify(command)), encoder.encode(JSON.stringify(context))];
    const end = performance.now() + measureFor;
    const rounds = [];
    for (let start = performance.now(); start < end; start = performance.now()) {
      for (let i = 0; i < atOnce; i += 1) stream.decideBytes(...bytes);
      rounds.push(performance.now() - start);
    }
    const median = rounds.sort((a, b) => a - b)[rounds.length >> 1];
    return { times: rounds.length * atOnce, microseconds: (median / atOnce) * 1000 };
  }

  #accept(stream, verdict) {
    stream.evolve(verdict);
    for (const { key, action } of verdict.claims ?? []) {
      if (action === "take") this.#claims.set(key, stream.stream);
      else this.#claims.delete(key);
    }
    for (const event of verdict.events) {
      this.log.push(event);
      for (const key of stream.viewKeysOf(event)) {
        if (!this.#views.has(key)) this.#views.set(key, this.#domain.view(key));
        // A page that begins late has to hear what came before it, to find its place.
        this.#views.get(key).project(this.log.filter((each) => each.stream === event.stream));
      }
    }
  }
}
