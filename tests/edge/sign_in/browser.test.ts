// Signing in as a person does it: in Chromium, with the real pages and their policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch } from "../../browser/chromium.ts";
import { issuing } from "./issuing.ts";
import { authorize } from "./requests.ts";

const contrast = readFileSync(new URL("../page/contrast.js", import.meta.url), "utf8");
let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function open(address: string, options: { readonly width?: number; readonly dark?: boolean } = {}) {
  const { width = 1000, dark = false } = options;
  const context = await browser.newContext({ viewport: { width, height: 700 }, colorScheme: dark ? "dark" : "light" });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  // The app has no icon.
  page.on("console", (message) => message.location().url.endsWith("/favicon.ico") || broken.push(message.text()));
  await page.goto(address);
  return { page, broken };
}

const codeIn = (page: Page) => new URL(page.url()).searchParams.get("code");

test("ada types her name and is in the app, with the state that it gave", async (t) => {
  const { issuer, origin } = await issuing(t);
  const { page, broken } = await open(authorize(issuer));
  assert.equal(await page.evaluate("document.activeElement.id"), "name");
  await page.getByLabel("Your name").fill("ada");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/callback?*`);
  assert.ok(codeIn(page));
  assert.equal(new URL(page.url()).searchParams.get("state"), "s1");
  // From now on she is not asked.
  await page.goto(authorize(issuer));
  assert.ok(page.url().startsWith(`${origin}/callback?code=`));
  assert.deepEqual(broken, []);
});

test("an app under the machine's other name gets its answer there", async (t) => {
  const { issuer, origin } = await issuing(t);
  const redirect_uri = `${origin.replace("127.0.0.1", "localhost")}/callback`;
  const { page, broken } = await open(authorize(issuer, { redirect_uri }));
  await page.getByLabel("Your name").fill("ada");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${redirect_uri}?*`);
  assert.ok(codeIn(page));
  assert.deepEqual(broken, []);
});

test("a name that cannot be is told beside the field; one of those who were here is a click", async (t) => {
  const { issuer, origin } = await issuing(t);
  const first = await open(authorize(issuer));
  await first.page.getByLabel("Your name").fill("Zoë & <b>");
  await first.page.getByRole("button", { name: "Sign in" }).click();
  await first.page.waitForURL(`${origin}/callback?*`);
  const { page } = await open(authorize(issuer));
  await page.getByLabel("Your name").fill("   ");
  await page.getByRole("button", { name: "Sign in" }).click();
  assert.equal(await page.getByRole("alert").textContent(), "A name is 1 to 80 characters that can be seen.");
  const described = await page.getByLabel("Your name").getAttribute("aria-describedby");
  assert.equal(described, "wrong hint");
  await page.getByRole("button", { name: "Zoë & <b>" }).click();
  await page.waitForURL(`${origin}/callback?*`);
  assert.ok(codeIn(page));
});

test("bob takes ada's place in her browser, and signs out again", async (t) => {
  const { issuer, origin } = await issuing(t);
  const { page, broken } = await open(authorize(issuer));
  for (const name of ["ada", "bob"]) {
    await page.goto(authorize(issuer, { prompt: "login" }));
    await page.getByLabel("Your name").fill(name);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${origin}/callback?code=*`);
  }
  const back = encodeURIComponent(`${origin}/signed-out`);
  await page.goto(`${issuer}/logout?client_id=crowbar-local&post_logout_redirect_uri=${back}&state=s2`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${origin}/signed-out?state=s2`);
  await page.goto(authorize(issuer, { prompt: "none" }));
  assert.match(page.url(), /error=login_required/);
  assert.deepEqual(broken, []);
});

for (const dark of [false, true]) {
  test(`every page of sign-in can be read in the ${dark ? "dark" : "light"}, and fits a telephone`, async (t) => {
    const { issuer, origin } = await issuing(t);
    const { page } = await open(authorize(issuer), { width: 360, dark });
    const look = async () => {
      assert.deepEqual(await page.evaluate(contrast), []);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    };
    await look();
    await page.getByLabel("Your name").fill(" ");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await look();
    await page
      .getByLabel("Your name")
      .fill("a name so long that somebody will try it to see what happens with the page, yes");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${origin}/callback?*`);
    await page.goto(authorize(issuer, { prompt: "login" }));
    await look();
    await page.goto(`${issuer}/logout`);
    await look();
    await page.goto(`${issuer}/nothing`);
    await page.goto(authorize(issuer, { client_id: "x" }));
    await look();
  });
}
