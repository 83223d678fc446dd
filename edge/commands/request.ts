import type { Actor } from "../domain.ts";

/** What is known of a request while it is served (Hono's environment). */
export interface RequestEnv {
  readonly Variables: {
    /** Who asks; there behind `signedIn`. */
    actor: Actor;
    /** In every log line and every error answer. */
    requestId: string;
    /** The code of the refusal, for the log; absent where there was none. */
    code?: string;
    /** The command, or the first of several, for the log: as far as it was understood. */
    about?: { readonly stream?: string; readonly commandId?: string; readonly commands?: number };
    /** Why something was not available: for the log alone, never for who asked. */
    cause?: unknown;
  };
}
