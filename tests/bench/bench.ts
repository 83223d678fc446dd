import type { Contender, ContenderName } from "./contender.ts";
import type { Bundles } from "./contenders.ts";
import type { Native } from "./native.ts";
import type { Row } from "./row.ts";

/** What a case is given to run with. */
export type Bench = {
  readonly contenders: readonly Contender[];
  readonly bundles: Bundles;
  readonly names: readonly ContenderName[];
  readonly domain: string;
  readonly native: Native;
  /** Rounds of a case of milliseconds, and of one of seconds. */
  readonly rounds: { readonly short: number; readonly long: number; readonly processes: number };
};

/** A row of the table: `name` begins with the letter of its group, by which --case picks it. */
export type Case = { readonly name: string; run(bench: Bench): Promise<Row> };
