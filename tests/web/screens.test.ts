// Every screen, wide and on a telephone, in the light and in the dark: can everybody use it, and a picture of each in
// build/web/, for somebody to look at.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { looked, pictures, sizes } from "./looked.ts";
import { navigation, screens } from "./screens.ts";
import { stage } from "./stage.ts";
import { act, createChannel, joinChannel, message, react, say, stored } from "./talking.ts";

const here = stage(async () => {
  mkdirSync(pictures, { recursive: true });
  // Others put theirs beside them.
  for (const name of readdirSync(pictures)) if (!name.startsWith("hard-")) rmSync(join(pictures, name));
  await somethingToSee();
});

/** A channel in which much was said, and one that ada is not in. */
async function somethingToSee(): Promise<void> {
  const ada = await here.signedIn("ada");
  await createChannel(ada.page, "general", "Everything else");
  const bob = await here.signedIn("bob");
  await createChannel(bob.page, "quiet");
  await joinChannel(bob.page, "general");
  for (let number = 1; number <= 12; number += 1) await say(ada.page, "general", `Good morning, ${number} times over.`);
  await stored(ada.page, "12 times").waitFor();
  await say(bob.page, "general", "Has anybody seen the *keys*? They were in `drawer 3`.");
  await stored(bob.page, "drawer 3").waitFor();
  await act(message(bob.page, "drawer 3"), "Reply");
  await say(bob.page, "general", "I mean these: https://example.org/keys");
  await stored(bob.page, "I mean these").waitFor();
  await say(
    bob.page,
    "general",
    '```ts\nconst keys = drawer.at(3) ?? lost("and this line is so long that it has to be scrolled on any telephone");\n```',
  );
  await say(bob.page, "general", "> They are gone.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |");
  await say(ada.page, "general", "I have **bold** news: they are found.");
  await stored(ada.page, "bold").waitFor();
  await react(message(bob.page, "bold"), "thumbs up");
  await ada.context.close();
  await bob.context.close();
}

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const look = (page: Page, name: string) => looked(page, `${name}-${size}-${colorScheme}`);
    // axe reads its own markup by innerHTML, which the policy stops.
    const options = { viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce" } as const;

    test(`signed out, ${size}, ${colorScheme}`, async () => {
      const { page, context } = await here.somebody("cleo", options);
      await page.goto(here.server.origin);
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      await look(page, "sign-in");
      await page.goto(`${here.server.origin}/signed-out`);
      await page.getByRole("heading", { name: "You are signed out" }).waitFor();
      await look(page, "signed-out");
      await context.close();
    });

    test(`a newcomer's first screen, ${size}, ${colorScheme}`, async () => {
      const { page, context } = await here.signedIn(`new_${size}_${colorScheme}`, options);
      await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
      await look(page, "welcome");
      await context.close();
    });

    test(`every screen of somebody who is signed in, ${size}, ${colorScheme}`, async (t) => {
      const ada = await here.signedIn("ada", { ...options, path: "/" });
      t.after(() => ada.context.close());
      if (size === "narrow") await ada.page.getByRole("button", { name: "Open channels" }).first().click();
      await ada.page.getByRole("link", { name: /^general/ }).click();
      await message(ada.page, "bold").waitFor();
      const narrow = size === "narrow";
      for (const { name, show, leave, wideOnly = false } of screens) {
        await t.test(name, { timeout: 60_000, skip: wideOnly && narrow }, async () => {
          try {
            await show({ ada, origin: here.server.origin, narrow });
            await look(ada.page, name);
          } finally {
            await leave?.(ada.page).catch(() => undefined);
            if (narrow && (await navigation(ada.page).isVisible())) await ada.page.keyboard.press("Escape");
          }
        });
      }
      assert.deepEqual(ada.broken, []);
    });
  }
}
