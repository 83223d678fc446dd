// The module with a flaw: events that it does not take, or that stop it, as those of another version may.
import { CrowbarError } from "@crowbar/domain";
import type { Aggregate, Domain, View } from "../../../edge/domain.ts";
import { instead } from "./instead.ts";

type Flaw = "refuses" | "stops";

export interface Flaws {
  /** What happens when a line is projected to a view. */
  readonly view?: (key: string, line: string) => Flaw | undefined;
  /** What happens when an event is folded, or its views are asked for. */
  readonly stream?: (line: string) => Flaw | undefined;
}

/** Claims to be larger than the module's memory may grow (1 GiB): an honest way to a trap inside. */
class Endless extends Uint8Array {
  override get length(): number {
    return 0xfff0_0000;
  }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (text: string) => new TextEncoder().encode(text);

export function flawed(domain: Domain, flaws: Flaws): Domain {
  const happens = (flaw: Flaw, line: number) => {
    if (flaw === "stops") domain.check(new Endless());
    throw new CrowbarError({ code: "event_unknown", message: "It is not known here.", params: { line } });
  };
  /** Hands on what stands before the first flaw, which then happens. */
  const lines = (ndjson: Uint8Array, find: (line: string) => Flaw | undefined, take: (lines: Uint8Array) => void) => {
    const all = textOf(ndjson).split("\n");
    for (const [index, line] of all.entries()) {
      const flaw = find(line);
      if (flaw === undefined) continue;
      take(bytesOf(all.slice(0, index).join("\n")));
      happens(flaw, index + 1);
    }
    take(ndjson);
  };
  const single = (event: Uint8Array) => {
    const flaw = flaws.stream?.(textOf(event));
    if (flaw !== undefined) happens(flaw, 1);
  };
  const view = (opened: View) =>
    instead(opened, {
      project: (events: Uint8Array) =>
        lines(
          events,
          (line) => flaws.view?.(opened.key, line),
          (rest) => opened.project(rest),
        ),
    });
  const aggregate = (opened: Aggregate) =>
    instead(opened, {
      fold: (events: Uint8Array) =>
        lines(
          events,
          (line) => flaws.stream?.(line),
          (rest) => opened.fold(rest),
        ),
      viewKeysOf: (event: Uint8Array) => {
        single(event);
        return opened.viewKeysOf(event);
      },
    });
  return instead(domain, {
    view: (keyOrStored: string | Uint8Array) => view(domain.view(keyOrStored)),
    open: (name: string, stream: string) => aggregate(domain.open(name, stream)),
    restore: (snapshot: Uint8Array) => aggregate(domain.restore(snapshot)),
    viewKeysOf: (event: Uint8Array) => {
      single(event);
      return domain.viewKeysOf(event);
    },
  });
}
