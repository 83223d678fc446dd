// Sends a command on a connection of its own, again and again, until whoever has started it lets go; says how long those took
// that were turned away. In a process of its own: where the load is made, nobody has time to look at a clock.
import { setTimeout } from "node:timers/promises";
import { probe } from "../load/probe.ts";

const [origin = "", authorization = "", body = ""] = process.argv.slice(2);
const everyMs = 20;
const times: number[] = [];
process.on("message", () => {
  process.send?.(times, () => process.exit(0));
});
for (;;) {
  const { status, ms } = await probe(origin, { id: "", authorization }, body);
  if (status === 503) times.push(ms);
  await setTimeout(everyMs);
}
