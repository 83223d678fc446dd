// The server comes back with other rules while a page is open: two real builds of them, and one that only has another hash.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { tokenFor } from "../../edge/local/sign_in/walk_sign_in.ts";
import { launch } from "../browser/chromium.ts";
import { type Person, signedIn } from "./person.ts";
import { type Release, sameRules, shortTexts, today } from "./release.ts";
import { type Serving, serving } from "./serving.ts";
import { createChannel, heading, message, say, status, stored } from "./talking.ts";

const long = "This is fit for the rules of yesterday, and far too long for those that came over night.";
const first = today();
let short: Release;
let browser: Browser;
before(async () => {
  short = await shortTexts();
  browser = await launch();
});
after(() => browser?.close());

interface Logged {
  readonly domain: string;
  readonly data: { readonly text?: string };
}

/** What was said in the channel that a page shows, each with the rules that it was decided by. */
async function said(server: Serving, page: Page): Promise<readonly (readonly [text: string, domain: string])[]> {
  const { accessToken } = await tokenFor("ada", `${server.origin}/auth`);
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await fetch(`${server.origin}/streams/channel-${id}/events`, { headers });
  const events = (await answer.text()).trimEnd().split("\n");
  return events
    .map((line) => JSON.parse(line) as Logged)
    .flatMap(({ data, domain }) => (data.text === undefined ? [] : [[data.text, domain] as const]));
}

/** Ada in a channel, as somebody who comes every day: her app opens from the device. */
async function adaIn(server: Serving): Promise<Person> {
  const ada = await signedIn(browser, server.origin, "ada");
  await createChannel(ada.page, "general");
  await say(ada.page, "general", "before");
  await stored(ada.page, "before").waitFor();
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await ada.page.reload();
  await stored(ada.page, "before").waitFor();
  await status(ada.page, "Online").waitFor();
  return ada;
}

/** Counts how often a page is opened from now on. */
function openings(page: Page): () => number {
  let count = 0;
  page.on("domcontentloaded", () => {
    count += 1;
  });
  return () => count;
}

/** The app that came with other rules is there, to be opened when the person likes. */
const newerApp = (page: Page) => page.getByRole("button", { name: "Reload for the newer app" });

/** What the status line says of the rules: those here, and whether they are the server's. */
const rulesAre = (page: Page, { hash }: Release, than: "=" | "≠") =>
  page.getByText(`rules ${hash.slice(0, 8)}${than} server’s`);

test("a page with the rules before is served as it is, as long as both say the same", {
  timeout: 300_000,
}, async () => {
  await using server = await serving();
  const { page, broken } = await adaIn(server);
  const opened = openings(page);
  await server.kill();
  for (const text of ["one", "two", "three"]) await say(page, "general", text);
  await status(page, /^Status: (?:Offline|Connecting), 3 waiting/).waitFor();
  await server.restart(short);

  await status(page, "Online").waitFor({ timeout: 60_000 });
  for (const text of ["one", "two", "three"]) await stored(page, text).waitFor({ timeout: 60_000 });
  await rulesAre(page, first, "≠").waitFor();
  await newerApp(page).waitFor();
  assert.deepEqual(await said(server, page), [
    ["before", first.hash],
    ["one", short.hash],
    ["two", short.hash],
    ["three", short.hash],
  ]);
  assert.equal(opened(), 0);
  assert.equal(await page.getByRole("button", { name: /refused/ }).count(), 0);
  assert.deepEqual(broken, []);
});

test("where they say otherwise, the page loads the server's rules, though it takes two tries, and decides anew what waits", {
  timeout: 300_000,
}, async () => {
  await using server = await serving();
  const { page, broken } = await adaIn(server);
  const opened = openings(page);
  let tries = 0;
  await page.route(`**/rules/${short.hash}/chat/index.js`, (route) => {
    tries += 1;
    return tries === 1 ? route.abort() : route.continue();
  });
  await server.kill();
  for (const text of ["one", long, "three"]) await say(page, "general", text);
  await status(page, /^Status: (?:Offline|Connecting), 3 waiting/).waitFor();
  await server.restart(short);

  const refused = page.getByRole("region", { name: "Not done" }).getByRole("article", { name: "Not sent" });
  await refused.getByText(long).waitFor({ timeout: 60_000 });
  assert.match(await refused.innerText(), /the limit is 40/);
  await status(page, "Online").waitFor();
  await rulesAre(page, short, "=").waitFor();
  for (const text of ["one", "three"]) await stored(page, text).waitFor();
  assert.equal(await message(page, long).count(), 0);
  // The new rules decide here from now on: nothing of this is sent.
  await say(page, "general", `${long} Again.`);
  await page
    .getByText(/the limit is 40/)
    .nth(1)
    .waitFor();
  const texts = [["before", first.hash], ...["one", "three"].map((text) => [text, short.hash])];
  assert.deepEqual(await said(server, page), texts);
  assert.deepEqual([tries, opened()], [2, 0]);
  assert.deepEqual(broken, []);
});

test("two versions behind, the person is told to reload, and what waits is kept over it and then sent", {
  timeout: 300_000,
}, async () => {
  await using server = await serving();
  const { context, page, broken } = await adaIn(server);
  // In two tabs, of which one alone is opened again: the other must not stand in its way.
  const other = await context.newPage();
  await other.goto(page.url());
  await stored(other, "before").waitFor();
  await context.setOffline(true);
  await server.restart(sameRules());
  await server.restart(short);
  for (const text of ["one", "two"]) await say(page, "general", text);
  await status(page, /^Status: (?:Offline|Connecting), 2 waiting/).waitFor();
  await context.setOffline(false);

  await status(page, "Outdated, 2 waiting").waitFor({ timeout: 60_000 });
  await message(page, "two").waitFor();
  assert.deepEqual(await said(server, page), [["before", first.hash]]);
  await status(other, "Outdated, 2 waiting").waitFor();
  await newerApp(page).click();

  await rulesAre(page, short, "=").waitFor();
  await heading(page, "general").waitFor();
  for (const text of ["one", "two"]) await stored(page, text).waitFor();
  await status(page, "Online").waitFor();
  assert.deepEqual(await said(server, page), [
    ["before", first.hash],
    ["one", short.hash],
    ["two", short.hash],
  ]);
  for (const text of ["one", "two"]) assert.equal(await message(page, text).count(), 1);
  assert.deepEqual(broken, []);
});
