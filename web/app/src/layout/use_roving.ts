import { type KeyboardEvent, useCallback } from "react";

/**
 * For a list of links or buttons: arrows go from one to the next, Home and End to its ends. All of them stay reachable by
 * Tab, as links are.
 */
export function useRoving(): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[
      event.key
    ];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const within = [...event.currentTarget.querySelectorAll<HTMLElement>("a[href], button:not(:disabled)")];
    const at = within.indexOf(document.activeElement as HTMLElement);
    if (at === -1) return;
    event.preventDefault();
    within[Math.min(within.length - 1, Math.max(0, at + step))]?.focus();
  }, []);
}
