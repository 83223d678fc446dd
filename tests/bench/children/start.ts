// Bundled with one contender, as a program of its own.

import { readFileSync } from "node:fs";
import { noDomain, type Open } from "../contender.ts";

/** Opens the contender, folds the events of a file where one is named, and decides once. */
export const startWith =
  (open: Open) =>
  async (events?: string): Promise<void> => {
    const contender = await open(noDomain);
    const bytes = events === undefined ? new Uint8Array() : readFileSync(events);
    const resident = await contender.fold("channel-general", bytes);
    const verdict = resident.decideText(
      '{"id":"0199c8c2-1400-7000-8000-000000000000","stream":"channel-general","type":"join_channel","data":{}}',
      '{"at":1760000000000,"actor":{"id":"zoe"}}',
    );
    if (!verdict.startsWith('{"accepted":')) throw new Error(verdict);
  };
