import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { CollectedLog } from "../../../edge/observe/collected_log.ts";
import { Observe, type ObserveOptions } from "../../../edge/observe/observe.ts";

export const noon = Date.UTC(2026, 2, 1, 12);
export const requestId = "018df4c1-4800-7000-8000-00000000000a";
export const commandId = "018df4c1-4800-7000-8000-000000000001";

/** Something that observes, and what it has told. */
export function observing(options: Partial<ObserveOptions> = {}) {
  const clock = new FixedClock(noon);
  const log = new CollectedLog();
  const types = ["create_channel", "join_channel", "send_message"];
  const observe = new Observe({ clock, log, types, perSecond: Number.POSITIVE_INFINITY, ...options });
  return { clock, log, observe };
}

/** The value of one figure in Prometheus' text; undefined where it is not there. */
export function figure(text: string, name: string): number | undefined {
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}
