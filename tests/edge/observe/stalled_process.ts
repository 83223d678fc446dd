// A process that writes a hundred and twenty thousand lines without a pause in which they could go out.
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { pinoLog } from "../../../edge/observe/pino_log.ts";
import { line } from "./log_contract.ts";
import { noon } from "./observing.ts";

const lost: string[] = [];
const log = pinoLog({ clock: new FixedClock(noon), level: "info", onLost: ({ message }) => lost.push(message) });
for (let i = 0; i < 120_000; i += 1) log.write("info", line);
await log.close();
process.stdout.write(`${lost.join("\n")}\n`);
