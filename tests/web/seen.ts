import type { Page } from "playwright-core";

/** Longer than anybody waits. */
const patienceMs = 20_000;

/** Resolves with the moment, in ms since 1970, at which a text is in the messages on a page; the page says it itself. */
export const seen = (page: Page, text: string): Promise<number> => shows(page, text, true);

/** Resolves with the moment at which a text is in no message any more. */
export const gone = (page: Page, text: string): Promise<number> => shows(page, text, false);

/** The moment now, by the clock that pages go by. */
export const now = () => performance.timeOrigin + performance.now();

/**
 * Notes every state of what a selector finds that the page has in its document from now on: their texts, in order. Resolves
 * with a function that answers them all; two that follow each other differ.
 */
export async function states(page: Page, selector: string): Promise<() => Promise<readonly string[]>> {
  const noted = await page.evaluateHandle((selector) => {
    const states: string[] = [];
    const look = () => {
      const state = [...document.querySelectorAll(selector)].map(({ textContent }) => textContent).join(" | ");
      if (states.at(-1) !== state) states.push(state);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    look();
    return states;
  }, selector);
  return () => noted.jsonValue();
}

/** States that had gone and came back: what flickers. */
export const flickering = (states: readonly string[]): readonly string[] =>
  states.filter((state, at) => states.indexOf(state) < at);

async function shows(page: Page, wanted: string, there: boolean): Promise<number> {
  const at = await page.evaluate(
    ([wanted, there, patienceMs]) =>
      new Promise<number>((resolve) => {
        const end = (at: number) => {
          observer.disconnect();
          clearTimeout(late);
          resolve(at);
        };
        const look = () => {
          const text = document.querySelector('[role="feed"]')?.textContent;
          if (text?.includes(wanted) === there) end(performance.timeOrigin + performance.now());
        };
        const late = setTimeout(() => end(Number.NaN), patienceMs);
        const observer = new MutationObserver(look);
        observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
        look();
      }),
    [wanted, there, patienceMs] as const,
  );
  if (Number.isNaN(at)) throw new Error(`"${wanted}" did not ${there ? "come" : "go"} in ${patienceMs} ms.`);
  return at;
}
