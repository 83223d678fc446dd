import type { Operation } from "../operation.ts";
import { events } from "./events.ts";
import { exportSlack } from "./export_slack.ts";
import { importIrc } from "./import_irc.ts";
import { importSlack } from "./import_slack.ts";
import { redrive } from "./redrive.ts";
import { replayViews } from "./replay.ts";
import { stats } from "./stats.ts";
import { verify } from "./verify.ts";

/** Everything that can be asked of a stack from outside, by the name that crosses the control socket. */
export const operations = {
  import_irc: importIrc,
  import_slack: importSlack,
  export_slack: exportSlack,
  verify,
  replay: replayViews,
  events,
  redrive,
  stats,
} as const satisfies { readonly [name: string]: Operation };
