// How the app is served, as a browser has it.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { rootFiles } from "../../edge/local/site/app_paths.ts";
import { watched } from "./person.ts";
import { stage } from "./stage.ts";
import { createChannel, heading, message, say, stored } from "./talking.ts";

const here = stage();

test("http://localhost leads to the one origin of the app, and signing in works from there", async () => {
  const { page } = await here.somebody("ada");
  const { port } = new URL(here.server.origin);
  await page.goto(`http://localhost:${port}/c/general`);
  assert.equal(page.url(), `${here.server.origin}/c/general`);
  const cleo = await here.somebody("cleo");
  await cleo.page.goto(`http://localhost:${port}/`);
  await cleo.page.getByRole("button", { name: "Sign in" }).click();
  await cleo.page.getByRole("textbox", { name: "Your name" }).fill("cleo");
  await cleo.page.keyboard.press("Enter");
  await cleo.page.getByRole("navigation", { name: "Channels" }).waitFor();
  assert.equal(new URL(cleo.page.url()).origin, here.server.origin);
  // The first request, to its other name, is all that went elsewhere.
  assert.deepEqual(cleo.broken, [`asked http://localhost:${port}/`]);
});

test("the function at the edge is told of every file that lies beside the document", () => {
  const built = readdirSync(new URL("../../web/app/dist/", import.meta.url), { withFileTypes: true });
  const files = built.filter((entry) => entry.isFile() && !/^index\.html|\.br$/.test(entry.name));
  assert.deepEqual(files.map(({ name }) => `/${name}`).sort(), [...rootFiles].sort());
});

test("the rules can be loaded by their hash under the app's policy, for a page that has others", async () => {
  const { page, broken } = await here.somebody("ada");
  await page.goto(here.server.origin);
  const { current } = (await (await fetch(`${here.server.origin}/.well-known/domain`)).json()) as {
    readonly current: string;
  };
  const loaded = await page.evaluate(async (hash) => {
    const { load } = (await import(`/rules/${hash}/chat/index.js`)) as { load: () => Promise<{ hash: string }> };
    return (await load()).hash;
  }, current);
  assert.equal(loaded, current);
  assert.deepEqual(broken, []);
  assert.equal(await here.server.breaches(), 0);
});

const said = ["one", "two", "three", "four", "five"];

/** Somebody who has said something, closed the tab, lost the network, and opens the same address again. */
async function backWithoutNetwork(name: string, channel: string) {
  const { page, context } = await here.signedIn(name);
  await createChannel(page, channel);
  for (const text of said) await say(page, channel, text);
  await stored(page, "five").waitFor();
  const address = page.url();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // As a person leaves it: the page hears that it goes.
  await page.goto("about:blank");
  await page.evaluate(() => undefined);
  await context.setOffline(true);
  const anew = await context.newPage();
  const broken = watched(anew, here.server.origin);
  await anew.goto(address);
  await heading(anew, channel).waitFor();
  return { page: anew, broken };
}

test("somebody who was here opens it without a network, and finds where they were", async () => {
  const { page, broken } = await backWithoutNetwork("bob", "harbour");
  // Who is signed in is known to the tabs that are open alone: there may be nobody now.
  await page.getByRole("button", { name: /^Status: (?:Offline|Signed out)/ }).waitFor();
  assert.deepEqual(broken, []);
});

test("what was said in front of them is there then, all of it", async () => {
  const { page } = await backWithoutNetwork("dan", "market");
  for (const text of said) await message(page, text).waitFor({ timeout: 5_000 });
});

test("a device that has no emoji of its own is given ours, and only when one is shown", async () => {
  const { page, broken } = await here.signedIn("eve");
  await createChannel(page, "signs");
  const loaded = () => page.evaluate(() => [...document.fonts].map(({ family, status }) => `${family} ${status}`));
  await say(page, "signs", "nothing yet");
  await stored(page, "nothing yet").waitFor();
  assert.deepEqual(await loaded(), ["Crowbar Emoji unloaded"]);
  await say(page, "signs", "there \u{1f389}");
  await stored(page, "there").waitFor();
  // Debian's Chromium has none.
  await page.waitForFunction(() => [...document.fonts].every(({ status }) => status === "loaded"));
  assert.deepEqual(broken, []);
});
