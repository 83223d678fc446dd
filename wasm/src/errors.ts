import type { Rejection } from "./types.ts";

/**
 * A call that could not be carried out. `code` is frozen and from the catalogue (`describe().faults`); `message` is a
 * plain sentence that names the thing and both values. A refused command is no error: it is a verdict.
 */
export class CrowbarError extends Error {
  override readonly name: string = "CrowbarError";
  readonly code: string;
  readonly pointer: string | undefined;
  readonly params: { readonly [name: string]: string | number };

  constructor({ code, message, pointer, params }: Rejection, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.pointer = pointer;
    this.params = params ?? {};
  }
}

/**
 * The instance of the module has trapped or run out of memory and was replaced. What was open in it is gone: open
 * again and fold again. The next call works.
 */
export class CoreUnavailable extends CrowbarError {
  override readonly name = "CoreUnavailable";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super({ code: "core_unavailable", message }, options);
  }
}
