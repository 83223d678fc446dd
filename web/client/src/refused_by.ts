import type { ContextTypes, Refused } from "@crowbar/domain";

/**
 * What the module throws about a command's stream or context, as the no that it is. @throws the error itself where it is not
 * about these: a module that has stopped, or a bug.
 */
export function refusedBy<C extends ContextTypes>(error: unknown): Refused<C> {
  const { code, message, params } = (error ?? {}) as { readonly code?: unknown; readonly message?: string } & {
    readonly params?: { readonly [name: string]: string | number };
  };
  if (typeof code !== "string" || code === "core_unavailable") throw error;
  const rejection = { code, message: message ?? code, ...(params && { params }) };
  return { accepted: false, rejection } as Refused<C>;
}
