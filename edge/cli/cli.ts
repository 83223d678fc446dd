import { resolve } from "node:path";
import type { exitCodes } from "./exit_codes.ts";
import type { Json, JsonObject } from "./operation.ts";
import { type Open, run } from "./run.ts";
import { type Screen, show } from "./show.ts";

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What the commands have around them: of the process that runs them, or of a test. */
export interface Cli {
  /** Where answers go. Resolves when there is room for more. */
  readonly print: (text: string) => Promise<void>;
  /** Where a person is told how far things are, and what is wrong. */
  readonly screen: Screen;
  /** Ends what runs. */
  readonly signal: AbortSignal;
  readonly open: Open;
  /** Says how the program is to end; 0 where nobody says anything. */
  readonly end: (code: ExitCode) => void;
}

/** What every command may be told. */
export interface Shared {
  readonly data: string;
  readonly json?: boolean;
}

/** An operation to carry out, and whether its data may be made where there are none. */
export interface Work {
  readonly operation: string;
  readonly options: JsonObject;
  readonly create?: boolean;
  readonly take?: (item: Json) => void | Promise<void>;
}

/** Carries an operation out, shows how far it is, and answers what comes of it. Throws `OperationFailed`. */
export function perform(cli: Cli, { data }: Shared, { operation, options, create = false, take }: Work) {
  const { open, signal } = cli;
  return show(run({ data: resolve(data), operation, options, create, open, signal }), cli.screen, take);
}

/** One line of JSON. */
export const jsonLine = (value: Json) => `${JSON.stringify(value)}\n`;
