// Everything without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";
import { channelLink, composer, heading, message, stored } from "./talking.ts";

const here = stage();

/** Resolves when what is focused has that name; what a screen reader would say. */
async function focused(page: Page, name: string | RegExp): Promise<void> {
  const said = () =>
    page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      const labelled = (at as HTMLInputElement | null)?.labels?.[0]?.textContent;
      return at?.getAttribute("aria-label") ?? labelled ?? at?.textContent ?? "";
    });
  const deadline = Date.now() + 10_000;
  for (;;) {
    const now = await said();
    if (typeof name === "string" ? now.trim() === name : name.test(now)) return;
    if (Date.now() > deadline) assert.fail(`"${now.trim().slice(0, 80)}" is focused, not ${name}`);
    await page.waitForTimeout(20);
  }
}

test("a channel is made, written in, corrected, replied to, reacted to, looked for and left, by keys alone", {
  timeout: 120_000,
}, async () => {
  const { page, broken } = await here.signedIn("ada");
  const { keyboard } = page;
  await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
  await keyboard.press("Alt+n");
  await focused(page, "Name");
  await keyboard.type("general");
  await keyboard.press("Enter");
  await heading(page, "general").waitFor();
  await focused(page, "Message general");
  await keyboard.type("a line");
  await keyboard.press("Shift+Enter");
  await keyboard.type("and another");
  await keyboard.press("Enter");
  await stored(page, "and another").waitFor();

  // To the newest message, and what can be done with it.
  await keyboard.press("ArrowUp");
  await keyboard.press("e");
  await focused(page, "Edit message");
  await keyboard.press("Control+a");
  await keyboard.type("one line");
  await keyboard.press("Enter");
  await stored(page, "one line").waitFor();
  await composer(page, "general").focus();
  await keyboard.press("ArrowUp");
  await keyboard.press("r");
  await page.getByText(/^Replying to/).waitFor();
  await focused(page, "Message general");
  await keyboard.type("indeed");
  await keyboard.press("Enter");
  await stored(page, "indeed").waitFor();
  await keyboard.press("ArrowUp");
  await keyboard.press("+");
  await page.getByRole("dialog", { name: "Choose an emoji" }).waitFor();
  await keyboard.type("rocket");
  const rocket = page.getByRole("option", { name: "rocket", exact: true });
  await rocket.waitFor();
  while ((await rocket.getAttribute("aria-selected")) !== "true") await keyboard.press("ArrowRight");
  await keyboard.press("Enter");
  await message(page, "indeed").getByRole("button", { name: /^🚀/ }).waitFor();

  await keyboard.press("Alt+n");
  await focused(page, "Name");
  await keyboard.type("other");
  await keyboard.press("Enter");
  await heading(page, "other").waitFor();
  await keyboard.press("Control+k");
  await focused(page, "Search channels");
  await keyboard.type("gen");
  await channelLink(page, "other").waitFor({ state: "detached" });
  await keyboard.press("Tab");
  await focused(page, /general/);
  await keyboard.press("Enter");
  await heading(page, "general").waitFor();
  await keyboard.press("Alt+m");
  await page.getByRole("complementary", { name: "Members" }).waitFor();
  assert.deepEqual(broken, []);
});
