import type { FailureReason, JsonObject, Progress } from "./operation.ts";

/** What a client says, once, as a line of JSON; hanging up stops the operation. */
export interface Request {
  readonly operation: string;
  readonly options: JsonObject;
}

/** What it is told, a line each: progress, and at last a result or a failure. */
export type Told =
  | { readonly progress: Progress }
  | { readonly result: JsonObject }
  | { readonly failure: { readonly reason: FailureReason; readonly message: string } };

/** Most bytes of a line. Options are paths and numbers; a line of an answer may hold an event or a long line of a log. */
export const longestRequest = 64 * 1024;
export const longestTold = 16 * 1024 * 1024;

/** @throws TypeError where the line is no request. */
export function readRequest(line: string): Request {
  const said: unknown = JSON.parse(line);
  if (typeof said !== "object" || said === null) throw new TypeError("A request is an object.");
  const { operation, options } = said as { readonly [name: string]: unknown };
  if (typeof operation !== "string") throw new TypeError("operation has to be a name.");
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError("options has to be an object.");
  }
  return { operation, options: options as JsonObject };
}
