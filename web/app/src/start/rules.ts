import { load } from "@crowbar/domain/chat/url";

/** The rules, on their way from the first moment on. */
export const rules = load();
// Whoever waits for them hears of it.
rules.catch(() => undefined);
