import type { Random } from "../parity/random.ts";
import { calls, type DeathAt } from "./points.ts";

/** How a process ends: at a point in its work, by its parent after some ms, or in order. */
export type Ending =
  | { readonly kind: "at"; readonly death: DeathAt }
  | { readonly kind: "after"; readonly what: "start" | "ready"; readonly ms: number }
  | { readonly kind: "calm" };

/** Most commands of a process that does not come to its point: it is killed then. */
export const mostCommands = 250;

export function nextEnding(random: Random): Ending {
  return random.weighted<() => Ending>([
    [60, () => ({ kind: "at", death: pointOf(random) })],
    [10, () => ({ kind: "after", what: "start", ms: random.between(20, 900) })],
    [25, () => ({ kind: "after", what: "ready", ms: random.between(0, 250) })],
    [5, () => ({ kind: "calm" })],
  ])();
}

function pointOf(random: Random): DeathAt {
  const side = random.pick(["before", "after"] as const);
  // Early ones are within what the process does when it starts: it takes up what the one before has left.
  const count = random.chance(40) ? random.between(1, 4) : random.between(1, 60);
  const call = random.pick(calls);
  const rare = call === "begin" || call === "switch" || call === "snapshot";
  return { point: `${call}.${side}`, count: rare ? 1 : count };
}

export function inWords(ending: Ending): string {
  if (ending.kind === "at") return `${ending.death.point} ${ending.death.count}`;
  return ending.kind === "after" ? `${ending.ms} ms after ${ending.what}` : "in order";
}
