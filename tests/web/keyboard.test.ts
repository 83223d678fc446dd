// Everything without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";
import { channelLink, composer, createChannel, heading, message, say, stored } from "./talking.ts";

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
  await focused(page, /^ada, /);

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

test("whatever was asked gives the focus back to where it came from", { timeout: 120_000 }, async () => {
  const { page, broken } = await here.signedIn("bob");
  const { keyboard } = page;
  await createChannel(page, "focus");
  for (const text of ["one", "two"]) await say(page, "focus", text);
  await stored(page, "two").waitFor();
  const chooseEmoji = async (words: string) => {
    await page.getByRole("dialog", { name: "Choose an emoji" }).getByRole("combobox").waitFor();
    await focused(page, "Search emoji");
    await keyboard.type(words);
    await page.getByRole("option", { name: words, exact: true, selected: true }).waitFor();
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  // From the message, by its key.
  await keyboard.press("ArrowUp");
  await focused(page, /^bob, /);
  await keyboard.press("+");
  await chooseEmoji("party popper");
  await message(page, "two").getByRole("button", { name: /^🎉/ }).waitFor();
  await focused(page, /^bob, /);
  // From its actions.
  const bar = message(page, "two").getByRole("toolbar", { name: "Message actions" });
  await bar.getByRole("button", { name: "React" }).focus();
  await keyboard.press("Enter");
  await chooseEmoji("confetti ball");
  await focused(page, "React");
  // Where nothing is chosen, too.
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await focused(page, "React");
  await bar.getByRole("button", { name: "More" }).focus();
  await keyboard.press("Enter");
  await keyboard.press("ArrowUp");
  await focused(page, "Delete");
  await keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Delete this message?" }).getByRole("button", { name: "Delete" }).focus();
  await keyboard.press("Enter");
  // Its actions are gone: then it is the message itself.
  await message(page, "You deleted this message").waitFor();
  await focused(page, /^bob, /);
  await keyboard.press("ArrowUp");
  await keyboard.press("Delete");
  await page.getByRole("dialog", { name: "Delete this message?" }).waitFor();
  await keyboard.press("Escape");
  await focused(page, /^bob, /);
  // While writing, by a key that works anywhere: the cursor is where it was.
  await composer(page, "focus").fill("half a sentence");
  for (let step = 0; step < 8; step += 1) await keyboard.press("ArrowLeft");
  await keyboard.press("Alt+n");
  await focused(page, "Name");
  await keyboard.press("Escape");
  await focused(page, "Message focus");
  await keyboard.type("long ");
  assert.equal(await composer(page, "focus").inputValue(), "half a long sentence");
  assert.deepEqual(broken, []);
});
