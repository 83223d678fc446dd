import { StoreDamaged } from "../event_store.ts";
import { checkClaims, checkCursors, checkSnapshots } from "./check_beside.ts";
import { checkCommands, checkCommits } from "./check_order.ts";
import { checkStreams } from "./check_streams.ts";
import type { Log } from "./log.ts";
import { type Check, damageOf } from "./walk.ts";

/** Most lines that SQLite says of a damaged file. */
const mostLines = 100;

/**
 * Walks through every record of a log and goes on after each damaged one: the file as SQLite sees it, every stream with
 * its events, the order of commits, the commands, and what stands beside the events.
 */
export function* check(log: Log): Check {
  yield* checkFile(log);
  yield* checkStreams(log.tables);
  yield* checkCommits(log.tables);
  yield* checkCommands(log.tables);
  yield* checkClaims(log.tables);
  yield* checkSnapshots(log.tables);
  yield* checkCursors(log.tables);
}

function* checkFile({ connection }: Log): Check {
  yield* damageOf(() => {
    const lines = connection.prepare<[string]>(`PRAGMA integrity_check(${mostLines})`).all();
    const told = lines.map(([line]) => line).filter((line) => line !== "ok");
    if (told.length === 0) return;
    throw new StoreDamaged(`file ${connection.file}`, `${connection.file}: ${told.join("; ")}`);
  });
}
