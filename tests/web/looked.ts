import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where the pictures of all screens are kept, for somebody to look at. */
export const pictures = fileURLToPath(new URL("../../build/web/", import.meta.url));
export const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } } as const;

/** Takes a picture of a page, which is nowhere wider than its window, and in which axe finds nothing. */
export async function looked(page: Page, name: string): Promise<void> {
  await stand(page);
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  const wider = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  assert.ok(Number(wider) <= 0, `${name} is ${wider} px too wide`);
  assert.deepEqual(await violations(page), [], name);
}

/** What fades in is there at once, and in its own letters: its colours are looked at. */
const stand = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    for (const each of document.getAnimations()) {
      if (Number.isFinite(each.effect?.getComputedTiming().endTime)) each.finish();
    }
  });

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** What axe finds, a line each. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate(
    "axe.run({ resultTypes: ['violations'] }).then((result) => result.violations)",
  )) as Violation[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} · ${target.join(" ")} · ${failureSummary}`),
  );
}
