import { type Watchable, watchable } from "./watchable.ts";

const prefix = "crowbar:";
const open = new Map<string, Watchable<unknown>>();
const heard = new Map<string, () => void>();

/**
 * A value that this device keeps under a name: a draft, a read mark, the theme. The same object for the same name; other
 * tabs hear of it. Where the device keeps nothing (private windows, no room) it holds as long as the page.
 */
export function kept<T>(name: string, otherwise: T): Watchable<T> {
  const known = open.get(name);
  if (known !== undefined) return known as Watchable<T>;
  const value = watchable<T>(read(name, otherwise));
  const made: Watchable<T> = {
    ...value,
    set(next) {
      value.set(next);
      write(name, next === otherwise ? undefined : next);
    },
  };
  open.set(name, made as Watchable<unknown>);
  heard.set(prefix + name, () => value.set(read(name, otherwise)));
  return made;
}

window.addEventListener("storage", ({ key }) => {
  if (key !== null) heard.get(key)?.();
});

function read<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

function write(name: string, next: unknown): void {
  try {
    if (next === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(next));
  } catch {
    // Then it holds as long as the page; what must not be lost is in the outbox, which says so.
  }
}
