// Two people make a channel of one name in the same moment: the store decides, and who comes second is told why.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";
import { channelLink, createChannel, message, say, status, stored } from "./talking.ts";

const here = stage();

/** Notes every state of the sidebar's own channels that the page shows from now on. */
async function states(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const shown: string[] = [];
    const look = () => {
      const links = [...document.querySelectorAll('nav[aria-label="Channels"] a')].map((link) => link.textContent);
      const state = links.join(" | ");
      if (shown.at(-1) !== state) shown.push(state);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
    Object.assign(globalThis, { shown });
  });
  return () => page.evaluate(() => (globalThis as unknown as { shown: readonly string[] }).shown);
}

test("the loser's channel goes with its reason, and the message in it too; the rest does not flicker", async () => {
  const ada = await here.signedIn("ada");
  const bob = await here.signedIn("bob");
  await createChannel(bob.page, "kitchen");
  await say(bob.page, "kitchen", "before");
  await stored(bob.page, "before").waitFor();

  // Bob is away while ada takes the name: then his device cannot know.
  await bob.context.setOffline(true);
  await status(bob.page, /^Status: (?:Offline|Connecting)/).waitFor();
  const shown = await states(bob.page);
  await createChannel(ada.page, "plans");
  await say(ada.page, "plans", "of ada");
  await stored(ada.page, "of ada").waitFor();
  await createChannel(bob.page, "plans");
  await say(bob.page, "plans", "of bob");
  await message(bob.page, "of bob").waitFor();

  await bob.context.setOffline(false);
  const refused = bob.page.getByRole("article", { name: "plans was refused" });
  await refused.waitFor();
  assert.match(await refused.innerText(), /plans/);
  assert.match(await refused.innerText(), /Another channel has this name/);
  // What was to be said in it is kept, with its reason: nothing vanishes.
  await bob.page
    .getByRole("button", { name: /refused/ })
    .first()
    .click();
  await bob.page.getByRole("dialog").getByText("of bob").waitFor();
  await bob.page.keyboard.press("Escape");

  // Ada's is there now, as somebody else's; his own channel was there all the time.
  await channelLink(bob.page, "plans").waitFor();
  const flickered = (await shown()).filter((state) => !state.includes("kitchen"));
  assert.deepEqual(flickered, []);
  assert.equal(await message(ada.page, "of bob").count(), 0);
  assert.deepEqual([...ada.broken, ...bob.broken], []);
});
