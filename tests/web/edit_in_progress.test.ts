// What somebody has begun to make of a message: it stays theirs until they save it or leave it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";
import { act, composer, createChannel, message, say, stored } from "./talking.ts";

const here = stage();

const field = (page: Page) => page.getByRole("textbox", { name: "Edit message" });

/** Scrolls until the first message is rendered, or is not. */
async function scroll(page: Page, wanted: { readonly first: boolean }): Promise<void> {
  await page.getByRole("feed").hover();
  const first = page.locator('[data-position="0"]');
  while ((await first.count()) === (wanted.first ? 0 : 1)) {
    await page.mouse.wheel(0, wanted.first ? -500 : 500);
    await page.waitForTimeout(20);
  }
}

test("an edit that is scrolled out of sight, or reloaded, is as it was left; Escape discards it, saving ends it", {
  timeout: 120_000,
}, async () => {
  const { page, broken } = await here.signedIn("ada", { viewport: { width: 1000, height: 500 } });
  await createChannel(page, "general");
  await say(page, "general", "the very first");
  for (let number = 1; number <= 16; number += 1) {
    await say(page, "general", Array.from({ length: 12 }, (_, line) => `${number}, line ${line}`).join("\n"));
  }
  await stored(page, "16, line 11").waitFor();

  await scroll(page, { first: true });
  await act(message(page, "the very first"), "Edit");
  await field(page).fill("what was first");
  // Whoever has the focus stays rendered: they are elsewhere now.
  await composer(page, "general").click();
  await scroll(page, { first: false });
  assert.equal(await field(page).count(), 0);
  await composer(page, "general").fill("meanwhile");
  await scroll(page, { first: true });
  assert.equal(await field(page).inputValue(), "what was first");
  // It comes back without a word: who writes elsewhere goes on writing there.
  assert.equal(await composer(page, "general").evaluate((box) => box === document.activeElement), true);

  await page.reload();
  await composer(page, "general").waitFor();
  await scroll(page, { first: true });
  assert.equal(await field(page).inputValue(), "what was first");
  // To be asked for it again is no beginning anew.
  await message(page, /ada/).first().focus();
  await page.keyboard.press("e");
  assert.equal(await field(page).inputValue(), "what was first");
  assert.equal(await field(page).evaluate((box) => box === document.activeElement), true);

  await field(page).press("Escape");
  await field(page).waitFor({ state: "detached" });
  assert.equal(await composer(page, "general").inputValue(), "meanwhile");
  await message(page, "the very first").waitFor();
  await act(message(page, "the very first"), "Edit");
  assert.equal(await field(page).inputValue(), "the very first");
  await field(page).fill("first of all");
  await field(page).press("Enter");
  await stored(page, "first of all").waitFor();
  await page.reload();
  await composer(page, "general").waitFor();
  await scroll(page, { first: true });
  await message(page, "first of all").waitFor();
  assert.equal(await field(page).count(), 0);
  assert.deepEqual(broken, []);
});
