import type { Contender } from "./contender.ts";
import type { Row } from "./row.ts";

/** What a case is given to run with. */
export interface Bench {
  readonly contenders: readonly Contender[];
  readonly crowbar: Contender;
  readonly rounds: number;
  /** Of a round. */
  readonly seconds: number;
  /** Of the case that looks at memory. */
  readonly minutes: number;
  /** Commands a second of each at its best, one a request: known once that was measured. */
  readonly peaks: Map<string, number>;
  readonly say: (line: string) => void;
}

/** Some rows of the table. */
export interface Case {
  readonly name: string;
  run(bench: Bench): Promise<readonly Row[]>;
}

/** Channels of a chat of many. */
export const manyChannels = 200;
