// Emoji on a device that has no font for them: they come with the app, and each is drawn as the one sign that it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { stage } from "./stage.ts";
import { act, createChannel, message, say, stored } from "./talking.ts";

const here = stage();

/** How wide it is, in letters as high as its own. */
const widthOf = (text: Locator) =>
  text.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().width / Number.parseFloat(getComputedStyle(element).fontSize);
  });
const isOneSign = (width: number) => Math.abs(width - 1) < 0.1;

test("what was shown before the font of the emoji was there is drawn with it once it is", async () => {
  const { page } = await here.signedIn("ada");
  let letThrough = () => {};
  const asked = new Promise<void>((isAsked) => {
    void page.route("**/*.woff2", async (route) => {
      isAsked();
      await new Promise<void>((resolve) => {
        letThrough = resolve;
      });
      await route.continue();
    });
  });
  await createChannel(page, "signs");
  await say(page, "signs", "\u{1F44D}");
  await stored(page, "\u{1F44D}").waitFor();
  await asked;
  const sign = message(page, "\u{1F44D}").locator(".said p");
  assert.ok(!isOneSign(await widthOf(sign)), "it is no box without the font: this test shows nothing here");
  letThrough();
  await page.waitForFunction(() => document.documentElement.className.includes("emoji"));
  assert.ok(isOneSign(await widthOf(sign)));
  // And from what the browser has kept.
  await page.unroute("**/*.woff2");
  for (let time = 0; time < 4; time += 1) {
    await page.reload();
    await sign.waitFor();
    await page.waitForFunction(() => document.documentElement.className.includes("emoji"));
    assert.ok(isOneSign(await widthOf(sign)), `after reload ${time + 1}`);
  }
});

test("the picker shows no emoji in parts", async () => {
  const { page } = await here.signedIn("bob");
  await createChannel(page, "parts");
  await say(page, "parts", "a word");
  await stored(page, "a word").waitFor();
  await act(message(page, "a word"), "React");
  const picker = page.getByRole("dialog", { name: "Choose an emoji" });
  const search = picker.getByRole("combobox", { name: "Search emoji" });
  for (const [sought, name] of [
    ["astronaut", "astronaut"],
    ["heart", "red heart"],
    ["flag germany", "flag: Germany"],
    ["grinning", "grinning face"],
  ] as const) {
    await search.fill(sought);
    await picker.getByRole("option", { name, exact: true }).waitFor();
    for (const option of await picker.getByRole("option").all())
      assert.ok(isOneSign(await widthOf(option)), `${await option.getAttribute("aria-label")} is drawn in parts`);
  }
});
