import type { Watched } from "@crowbar/client";

/** Something watched that its maker can change. */
export interface Watchable<T> extends Watched<T> {
  set(next: T): void;
}

/** Listeners are called where the value is another one. */
export function watchable<T>(first: T): Watchable<T> {
  let now = first;
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    set(next) {
      if (Object.is(now, next)) return;
      now = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
