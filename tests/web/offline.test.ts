// Days offline, a crash, two tabs: what somebody has said is stored once, in the order in which it was said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenFor } from "../../edge/local/sign_in/walk_sign_in.ts";
import { stage } from "./stage.ts";
import { composer, createChannel, heading, message, say, status, stored } from "./talking.ts";

const here = stage();

interface Stored {
  readonly type: string;
  readonly data: { readonly text?: string };
}

/** The texts that the log holds, in its order. */
async function textsInLog(origin: string, stream: string): Promise<readonly string[]> {
  const { accessToken } = await tokenFor("ada", `${origin}/auth`);
  const answer = await fetch(`${origin}/streams/${stream}/events`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const events = (await answer.text()).trimEnd().split("\n");
  return events.map((line) => JSON.parse(line) as Stored).flatMap(({ data }) => data.text ?? []);
}

test("20 messages said offline, by way of a reload and a second tab, are stored once each, in order", {
  timeout: 120_000,
}, async () => {
  const ada = await here.signedIn("ada");
  await createChannel(ada.page, "general");
  await say(ada.page, "general", "before");
  await stored(ada.page, "before").waitFor();
  // What the app needs to open offline is on the device by then.
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const stream = `channel-${new URL(ada.page.url()).pathname.split("/").at(-1)}`;

  await ada.context.setOffline(true);
  const said = Array.from({ length: 20 }, (_, index) => `offline ${String(index + 1).padStart(2, "0")}`);
  for (const text of said.slice(0, 10)) await say(ada.page, "general", text);
  await message(ada.page, "offline 10").waitFor();
  await ada.page.reload();
  await heading(ada.page, "general").waitFor();
  await message(ada.page, "offline 10").waitFor();
  const second = await ada.context.newPage();
  await second.goto(ada.page.url());
  await message(second, "offline 10").waitFor();
  for (const [index, text] of said.slice(10).entries()) {
    const page = index % 2 === 0 ? second : ada.page;
    await say(page, "general", text);
    // The other tab has it before somebody goes over to it.
    await message(index % 2 === 0 ? ada.page : second, text).waitFor();
  }
  await status(ada.page, "Offline, 20 waiting").waitFor();

  await ada.context.setOffline(false);
  await status(ada.page, "Online").waitFor();
  await status(second, "Online").waitFor();
  await stored(ada.page, "offline 20").waitFor();
  assert.deepEqual(await textsInLog(here.server.origin, stream), ["before", ...said]);
  for (const page of [ada.page, second]) {
    for (const text of said) assert.equal(await message(page, text).count(), 1, text);
  }
  assert.deepEqual(ada.broken, []);
});

test("a tab that dies the moment after Enter has lost nothing", { timeout: 120_000 }, async () => {
  const bob = await here.signedIn("bob");
  await createChannel(bob.page, "crash");
  await say(bob.page, "crash", "before");
  await stored(bob.page, "before").waitFor();
  const address = bob.page.url();
  await here.server.kill();
  await say(bob.page, "crash", "the last word");
  await message(bob.page, "the last word").waitFor();
  const crashed = bob.page.waitForEvent("crash");
  const cdp = await bob.context.newCDPSession(bob.page);
  cdp.send("Page.crash").catch(() => undefined); // nobody is left to answer
  await crashed;
  await here.server.restart();
  const anew = await bob.context.newPage();
  await anew.goto(address);
  await stored(anew, "the last word").waitFor();
  assert.equal(await message(anew, "the last word").count(), 1);
});

test("a draft is kept for its channel, over a reload", { timeout: 120_000 }, async () => {
  const cleo = await here.signedIn("cleo");
  await createChannel(cleo.page, "drafts");
  await composer(cleo.page, "drafts").fill("half a sent");
  await createChannel(cleo.page, "other");
  assert.equal(await composer(cleo.page, "other").inputValue(), "");
  await cleo.page.goBack();
  await heading(cleo.page, "drafts").waitFor();
  assert.equal(await composer(cleo.page, "drafts").inputValue(), "half a sent");
  await cleo.page.reload();
  await composer(cleo.page, "drafts").waitFor();
  assert.equal(await composer(cleo.page, "drafts").inputValue(), "half a sent");
  // Once it is sent there is none.
  await composer(cleo.page, "drafts").press("Enter");
  await stored(cleo.page, "half a sent").waitFor();
  assert.equal(await composer(cleo.page, "drafts").inputValue(), "");
  await cleo.page.reload();
  await stored(cleo.page, "half a sent").waitFor();
  assert.equal(await composer(cleo.page, "drafts").inputValue(), "");
  assert.deepEqual(cleo.broken, []);
});

test("a device that is online again says so, though nothing broke and nothing waits", async () => {
  const { page } = await here.signedIn("eve");
  await createChannel(page, "quiet");
  await say(page, "quiet", "all there is");
  await stored(page, "all there is").waitFor();
  // Nothing is asked for any more.
  await page.evaluate(async () => {
    for (let asked = -1; asked !== performance.getEntriesByType("resource").length; ) {
      asked = performance.getEntriesByType("resource").length;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  });
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  await status(page, "Offline").waitFor();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await status(page, "Online").waitFor();
});
