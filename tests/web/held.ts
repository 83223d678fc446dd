import type { BrowserContext, Page } from "playwright-core";

/**
 * Counts what the pages of a context hold on to, from their beginning: listeners of the page, its media and its document, and
 * functions in sets, which is how everything here that can be watched keeps who watches it. Somebody who comes and goes again
 * leaves as much as there was.
 */
export async function held(context: BrowserContext): Promise<(page: Page) => Promise<number>> {
  await context.addInitScript(() => {
    let count = 0;
    const { add, delete: remove, clear } = Set.prototype;
    Set.prototype.add = function (value) {
      if (typeof value === "function" && !this.has(value)) count += 1;
      return add.call(this, value);
    };
    Set.prototype.delete = function (value) {
      const had = remove.call(this, value);
      if (had && typeof value === "function") count -= 1;
      return had;
    };
    Set.prototype.clear = function () {
      for (const value of this) if (typeof value === "function") count -= 1;
      clear.call(this);
    };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const lasting = (target: EventTarget | null) =>
      target === null || target === window || target === document || target instanceof MediaQueryList;
    EventTarget.prototype.addEventListener = function (...given) {
      if (lasting(this)) count += 1;
      addEventListener.apply(this, given);
    };
    EventTarget.prototype.removeEventListener = function (...given) {
      if (lasting(this)) count -= 1;
      removeEventListener.apply(this, given);
    };
    Object.assign(globalThis, { held: () => count });
  });
  return (page) => page.evaluate(() => (globalThis as unknown as { held: () => number }).held());
}
