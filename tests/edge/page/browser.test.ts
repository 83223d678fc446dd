import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch } from "../../browser/chromium.ts";
import { healthWith, shown } from "./shown.ts";

const contrast = readFileSync(new URL("contrast.js", import.meta.url), "utf8");
let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A fresh page, and what broke in it: errors, breaches of its policy, requests to anybody else. */
async function open(origin: string, options: { readonly width?: number; readonly dark?: boolean } = {}) {
  const { width = 1280, dark = false } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: dark ? "dark" : "light" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  page.on("request", (request) => request.url().startsWith(origin) || broken.push(request.url()));
  await page.goto(origin);
  await page.locator("#state.state:not(:text('asking'))").waitFor();
  return { page, broken };
}

/** As when somebody comes back to it: then it asks at once. */
const lookAgain = (page: Page) => page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
const stateOf = (page: Page, part: string) => page.locator(`[data-part="${part}"] .state`).textContent();

test("each part shows how it is, in words, and the head of the page how all is", async (t) => {
  const served = await shown(t);
  const { page, broken } = await open(served.origin);
  assert.equal(await page.locator("#state").textContent(), "All is well");
  assert.equal(await stateOf(page, "store"), "well");
  assert.equal(await page.locator('[data-part="store"] dd').textContent(), "90,412");
  served.health = healthWith("stopped", "The log cannot be read: <b>no room</b>.");
  await lookAgain(page);
  await page.locator("#state.stopped").waitFor();
  assert.equal(await page.locator("#state").textContent(), "Something has stopped");
  assert.equal(await stateOf(page, "relay"), "stopped");
  assert.equal(
    await page.locator('[data-part="relay"] .says').textContent(),
    "The log cannot be read: <b>no room</b>.",
  );
  assert.deepEqual(broken, []);
});

test("a stack that is gone is told, and one that is back, too", async (t) => {
  const served = await shown(t);
  const { page } = await open(served.origin);
  const { health } = served;
  served.health = undefined;
  await lookAgain(page);
  await page.getByText("The stack does not answer").waitFor();
  served.health = health;
  await lookAgain(page);
  await page.getByText("All is well").waitFor();
});

test("the last requests are shown step by step, as text", async (t) => {
  const served = await shown(t);
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const span = (name: string, from: number, ms: number, failed = false) => ({
    ...{ traceId, spanId: name, name, from, ms, failed },
    facts: name === "project" ? { "crowbar.view": "<i>allchannels</i>" } : {},
  });
  const spans = [span("POST /commands", 0, 10), span("decide", 1, 8), span("project", 20, 20, true)];
  served.traces = [
    { traceId, spans },
    { traceId: "1".repeat(32), spans: [span("GET /health", 0, 1)] },
  ];
  const { page, broken } = await open(served.origin);
  await page.locator(".traces li").first().waitFor();
  assert.equal(await page.locator(".traces li").count(), 1);
  assert.deepEqual(await page.locator(".span > :first-child").allTextContents(), [
    "POST /commands",
    "decide",
    "project <i>allchannels</i> failed",
  ]);
  const bar = page.locator(".bar.failed");
  assert.deepEqual(
    await bar.evaluate((each) => [(each as HTMLElement).style.left, (each as HTMLElement).style.width]),
    ["50%", "50%"],
  );
  assert.deepEqual(broken, []);
});

test("a line is copied whole, by keyboard, and that is said", async (t) => {
  const { origin } = await shown(t);
  const { page, broken } = await open(origin);
  await page.getByRole("button", { name: "Copy: Read it" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Copied: Read it").waitFor({ state: "attached" });
  const copied = await page.evaluate("navigator.clipboard.readText()");
  assert.equal(copied, `curl -s ${origin}/views/messages/general/1.json -H "authorization: Bearer $TOKEN"`);
  assert.deepEqual(broken, []);
});

test("everything that can be clicked is reached by Tab, in the order in which it stands", async (t) => {
  const { origin } = await shown(t);
  const { page } = await open(origin);
  const all = await page.locator("a, button").count();
  const reached: string[] = [];
  for (let i = 0; i < all; i += 1) {
    await page.keyboard.press("Tab");
    reached.push(
      String(
        await page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"),
      ),
    );
  }
  assert.deepEqual(reached.slice(0, 2), ["Copy: Sign in", "Copy: Say who you are"]);
  assert.equal(reached.at(-1), "/auth");
  assert.equal(new Set(reached).size, all);
});

test("who does not see hears where they are: landmarks, headings, names", async (t) => {
  const { origin } = await shown(t);
  const { page } = await open(origin);
  for (const landmark of ["banner", "main", "navigation", "contentinfo"] as const) {
    assert.equal(await page.getByRole(landmark).count(), 1, landmark);
  }
  for (const name of ["Parts", "Try it"])
    assert.equal(await page.getByRole("region", { name, exact: true }).count(), 1);
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
});

for (const dark of [false, true]) {
  test(`every text can be read in the ${dark ? "dark" : "light"}, whatever its state, and fits a telephone`, async (t) => {
    const served = await shown(t);
    const { page } = await open(served.origin, { width: 360, dark });
    for (const state of ["ok", "slow", "stopped"] as const) {
      served.health = healthWith(state, "It has something to say.");
      await lookAgain(page);
      await page.locator(`#state.${state}`).waitFor();
      assert.deepEqual(await page.evaluate(contrast), []);
    }
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
  });
}
