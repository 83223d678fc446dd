// Parts of the app come when they are first shown. One that does not come takes nothing else with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./stage.ts";
import { createChannel, say, stored } from "./talking.ts";

const here = stage();
/** A first visit: nothing is on the device yet. */
const first = { serviceWorkers: "block" } as const;

test("a part that cannot be loaded is asked for until it is there; what is typed meanwhile is said", async () => {
  const { page } = await here.signedIn("ada", first);
  await createChannel(page, "general");
  await say(page, "general", "*before*");
  await stored(page, "before").locator("em").waitFor();
  let asked = 0;
  await page.route("**/assets/HistoryPanel-*", (route) => {
    asked += 1;
    return route.abort();
  });
  await page.getByRole("button", { name: "History", exact: true }).click();
  await page.getByText("Loading this part of the app").waitFor();
  await say(page, "general", "meanwhile");
  await stored(page, "meanwhile").waitFor();
  assert.ok(asked > 0);
  await page.unroute("**/assets/HistoryPanel-*");
  await page.getByRole("complementary", { name: "History" }).waitFor();
});

test("a message is shown as it was typed where what reads its markdown cannot be loaded", async () => {
  const { page } = await here.signedIn("bob", first);
  await page.route("**/assets/Markdown-*", (route) => route.abort());
  await createChannel(page, "plain");
  await say(page, "plain", "*so* it was typed");
  await stored(page, "*so* it was typed").waitFor();
  await page.unroute("**/assets/Markdown-*");
  await stored(page, "it was typed").locator("em", { hasText: "so" }).waitFor();
});
