// A process that writes fifty lines, and closes its log or just ends.
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { pinoLog } from "../../../edge/observe/pino_log.ts";
import { line } from "./log_contract.ts";
import { noon } from "./observing.ts";

const log = pinoLog({ clock: new FixedClock(noon), level: "info" });
for (let i = 0; i < 50; i += 1) log.write("info", line);
if (process.argv[2] === "closed") await log.close();
else process.exit();
