import { setTimeout } from "node:timers/promises";
import type { Stack } from "../local/stack.ts";
import { StoreUnavailable } from "../store/event_store.ts";
import { connectControl } from "./control_client.ts";
import { serveControl } from "./control_server.ts";
import { failureOf } from "./failures.ts";
import { holdsLog } from "./folder.ts";
import { type JsonObject, type Operation, OperationFailed, type Progress } from "./operation.ts";
import { paced } from "./paced.ts";

export interface RunOptions {
  readonly data: string;
  readonly operation: string;
  readonly options: JsonObject;
  readonly signal: AbortSignal;
  /** May the data folder be made? Else a log has to be there. */
  readonly create: boolean;
  readonly open: Open;
}

/** Opens the stack of a data folder; throws `StoreUnavailable` `busy` where another process has it. */
export type Open = (data: string) => Promise<Opened>;
export interface Opened {
  readonly stack: Stack;
  /** What can be done with it, by name. */
  readonly operations: { readonly [name: string]: Operation };
}

/** How often, and how far apart in ms, a folder is tried that another process has, but where nobody listens yet. */
const tries = 10;
const pause = 200;

/**
 * Carries an operation out where the data is: inside the process that has it, or here, where none has. Throws
 * `OperationFailed` and nothing else.
 */
export async function* run(options: RunOptions): AsyncGenerator<Progress, JsonObject, undefined> {
  try {
    return yield* inside(options);
  } catch (error) {
    throw failureOf(error);
  }
}

async function* inside(options: RunOptions): AsyncGenerator<Progress, JsonObject, undefined> {
  const { data, create, operation, signal } = options;
  const there = holdsLog(data);
  for (let left = tries; ; left -= 1) {
    const running = await connectControl(data);
    if (running !== undefined) return yield* running.run(operation, options.options, signal);
    if (!create && !there) {
      throw new OperationFailed("usage", `There is no data in ${data}. Say where it is: --data DIR, or CROWBAR_DATA.`);
    }
    const own = await opened(options, left);
    if (own !== undefined) return yield* here(options, own);
    await setTimeout(pause);
    signal.throwIfAborted();
  }
}

/** Undefined where somebody else has it, who may be about to listen. */
async function opened({ open, data }: RunOptions, left: number): Promise<Opened | undefined> {
  try {
    return await open(data);
  } catch (error) {
    if (left > 1 && error instanceof StoreUnavailable && error.reason === "busy") return undefined;
    throw error;
  }
}

async function* here(
  { data, operation, options, signal }: RunOptions,
  { stack, operations }: Opened,
): AsyncGenerator<Progress, JsonObject, undefined> {
  try {
    const work = operations[operation];
    if (work === undefined) throw new TypeError(`There is no operation ${operation}.`);
    // Whoever asks meanwhile, such as for the figures of a long import, is served, too.
    const control = await serveControl({ data, stack, operations });
    try {
      return yield* paced(work(stack, options, signal));
    } finally {
      await control.close();
    }
  } finally {
    await stack.close();
  }
}
