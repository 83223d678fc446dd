// The app with React's development build, which complains of much, and does everything twice under StrictMode.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { launch } from "../browser/chromium.ts";
import { held } from "./held.ts";
import { signedIn } from "./person.ts";
import { serving } from "./serving.ts";
import { act, createChannel, message, openChannel, say, status, stored } from "./talking.ts";

const app = fileURLToPath(new URL("../../web/app", import.meta.url));
let browser: Browser;
before(async () => {
  process.env.NODE_ENV = "development";
  browser = await launch();
});
after(() => browser?.close());

async function built(strict: boolean): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "crowbar-strict-"));
  const without = {
    name: "without-strict-mode",
    enforce: "pre",
    transform: (code: string, id: string) =>
      id.endsWith("/src/main.tsx") ? code.replace("<StrictMode>", "<>").replace("</StrictMode>", "</>") : undefined,
  } as const;
  await build({
    root: app,
    mode: "development",
    logLevel: "error",
    plugins: strict ? [] : [without],
    build: { outDir, emptyOutDir: true, minify: false },
  });
  return outDir;
}

/** The same, with StrictMode and without. */
const heldInTheEnd = new Set<number | undefined>();

for (const strict of [true, false]) {
  test(`with StrictMode ${strict ? "on" : "off"}, nothing is complained of, sent twice or shown twice`, async (t) => {
    const outDir = await built(strict);
    t.after(() => rmSync(outDir, { recursive: true, force: true }));
    await using server = await serving({ app: outDir });
    const { page, context, broken } = await signedIn(browser, server.origin, "ada");
    const holds = await held(context);
    await createChannel(page, "first");
    for (const text of ["one", "two", "three"]) await say(page, "first", text);
    await createChannel(page, "second");
    await openChannel(page, "first");
    await stored(page, "three").waitFor();
    await act(message(page, "two"), "Edit");
    await page.getByRole("textbox", { name: "Edit message" }).fill("two and a half");
    await page.keyboard.press("Enter");
    await stored(page, "two and a half").waitFor();
    await page.reload();
    for (const text of ["one", "two and a half", "three"]) {
      await stored(page, text).waitFor();
      assert.equal(await message(page, text).count(), 1, text);
    }
    await status(page, "Online").waitFor();
    // A key acts once.
    await page.keyboard.press("Alt+m");
    await page.getByRole("complementary", { name: "Members" }).waitFor();
    await page.keyboard.press("Alt+m");
    await page.getByRole("complementary", { name: "Members" }).waitFor({ state: "detached" });
    // Whoever comes and goes leaves nothing behind: the first time some is loaded for good.
    const after: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await openChannel(page, "second");
      await page.getByText("Nothing has been said here yet.").waitFor();
      await openChannel(page, "first");
      await stored(page, "three").waitFor();
      await page.keyboard.press("Alt+n");
      await page.getByRole("dialog", { name: "Create a channel" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await status(page, "Online").waitFor();
      after.push(await holds(page));
    }
    t.diagnostic(`held after each round: ${after.join(", ")}`);
    assert.ok((after[0] as number) > 10, "what is held is counted");
    assert.equal(after[3], after[1], `held after each round: ${after.join(", ")}`);
    // Nor does what is mounted twice and taken down once, with React, leave anything.
    heldInTheEnd.add(after[3]);
    assert.equal(heldInTheEnd.size, 1, `held with StrictMode, and without: ${[...heldInTheEnd].join(", ")}`);
    assert.deepEqual(broken, []);
  });
}
