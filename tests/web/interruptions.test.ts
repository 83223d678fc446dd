// The server dies and comes back; a token ends in the middle. Nobody has to do anything, and nothing is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch } from "../browser/chromium.ts";
import { signedIn } from "./person.ts";
import { serving } from "./serving.ts";
import { createChannel, joinChannel, message, say, status, stored } from "./talking.ts";

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test("the server is killed while two people talk, and started again: both go on, and have everything once", async () => {
  await using server = await serving();
  const ada = await signedIn(browser, server.origin, "ada");
  const bob = await signedIn(browser, server.origin, "bob");
  await createChannel(ada.page, "general");
  await joinChannel(bob.page, "general");
  await say(ada.page, "general", "ada before");
  await message(bob.page, "ada before").waitFor();

  await server.kill();
  for (let number = 1; number <= 5; number += 1) {
    await say(ada.page, "general", `ada meanwhile ${number}`);
    await say(bob.page, "general", `bob meanwhile ${number}`);
  }
  await status(ada.page, /^Status: (?:Offline|Connecting), 5 waiting/).waitFor();
  await server.restart();

  for (const page of [ada.page, bob.page]) {
    await status(page, "Online").waitFor({ timeout: 60_000 });
    for (let number = 1; number <= 5; number += 1) {
      await stored(page, `ada meanwhile ${number}`).waitFor({ timeout: 60_000 });
      await stored(page, `bob meanwhile ${number}`).waitFor();
      assert.equal(await message(page, `ada meanwhile ${number}`).count(), 1);
      assert.equal(await message(page, `bob meanwhile ${number}`).count(), 1);
    }
  }
  await say(bob.page, "general", "bob after");
  await message(ada.page, "bob after").waitFor();
  assert.deepEqual([...ada.broken, ...bob.broken], []);
});

test("a token that ends in the middle is renewed without a word, and all is stored", async () => {
  await using server = await serving({ lifetimes: { access: 3, refresh: 3600, code: 300 } });
  const ada = await signedIn(browser, server.origin, "ada");
  await createChannel(ada.page, "general");
  const until = Date.now() + 8_000;
  let number = 0;
  // As long as it takes for two tokens to end.
  while (Date.now() < until) {
    number += 1;
    await say(ada.page, "general", `token ${number}.`);
    await stored(ada.page, `token ${number}.`).waitFor();
  }
  assert.equal(await message(ada.page, `token ${number}.`).count(), 1);
  await status(ada.page, "Online").waitFor();
  assert.equal(await ada.page.getByRole("button", { name: /refused/ }).count(), 0);
  assert.deepEqual(ada.broken, []);
});
