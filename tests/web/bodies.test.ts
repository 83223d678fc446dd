// What people write is shown, and does nothing: whatever is in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { bodies } from "./bodies.ts";
import type { Person } from "./person.ts";
import { stage } from "./stage.ts";
import { createChannel, joinChannel, messages, say } from "./talking.ts";

let ada: Person;
let bob: Person;
const here = stage(async () => {
  ada = await here.signedIn("ada");
  await createChannel(ada.page, "bodies");
  bob = await here.signedIn("bob");
  await joinChannel(bob.page, "bodies");
});

/** What in a message could do something: its elements that have no business there, handlers, addresses that run. */
const flaws = (page: Page) =>
  messages(page).evaluateAll((articles) => {
    const found: string[] = [];
    const strange =
      "script,iframe,object,embed,form,input,style,link,meta,base,video,audio,math,template,details,marquee,noscript";
    for (const article of articles) {
      // Icons are drawn in buttons.
      for (const each of article.querySelectorAll(`${strange},img,svg:not(button svg)`))
        found.push(each.outerHTML.slice(0, 200));
      for (const each of article.querySelectorAll("*")) {
        for (const { name, value } of each.attributes) {
          if (name.startsWith("on")) found.push(`${name}=${value}`);
          if (
            /^(?:href|src|srcset|action|formaction|data|xlink:href)$/.test(name) &&
            !/^(?:https?:|mailto:|\/(?!\/)|#)/i.test(value)
          ) {
            found.push(`${name}=${value}`);
          }
        }
        if (each.tagName === "A" && /^https?:/.test(each.getAttribute("href") ?? "")) {
          const rel = (each.getAttribute("rel") ?? "").split(" ");
          if (!rel.includes("noopener") && !rel.includes("noreferrer")) found.push(`rel=${rel.join()}`);
        }
      }
    }
    return found;
  });

test(`${bodies.length} bodies are shown to others, and are inert`, async () => {
  assert.ok(bodies.length >= 60);
  for (const [index, [what, text]] of bodies.entries()) {
    await say(ada.page, "bodies", text);
    const last = messages(bob.page).last();
    await bob.page.locator(`[role="feed"] [data-position="${index}"]`).waitFor();
    await last.scrollIntoViewIfNeeded();
    for (const { page } of [ada, bob]) {
      assert.deepEqual(await flaws(page), [], what);
      assert.equal(await page.evaluate("globalThis.owned"), undefined, what);
      assert.equal(new URL(page.url()).origin, here.server.origin, what);
    }
    // No body is wider than its column, or drawn over what is not its own.
    const overflow = await bob.page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    assert.equal(overflow, 0, what);
  }
});

test("a link that remains leads elsewhere in a tab of its own, when somebody presses it", async () => {
  for (const link of await bob.page.getByRole("feed").getByRole("link").all()) {
    assert.match((await link.getAttribute("href")) ?? "", /^(?:https?:\/\/|mailto:|\/c\/|#)/);
  }
});

test("nothing of it is asked of anybody, and the policy had nothing to stop", async () => {
  assert.deepEqual(ada.broken, []);
  assert.deepEqual(bob.broken, []);
  assert.equal(await here.server.breaches(), 0);
});

test("what the policy does stop is reported: it is in force", async () => {
  const said: string[] = [];
  bob.page.on("console", (message) => said.push(message.text()));
  const stopped = await bob.page.evaluate(() => {
    const script = document.createElement("script");
    try {
      script.textContent = "globalThis.owned = 1";
      document.head.append(script);
      return "let through";
    } catch (error) {
      return (error as Error).name;
    }
  });
  assert.equal(stopped, "TypeError");
  await bob.page.evaluate(() => document.body.insertAdjacentElement("beforeend", new Image()));
  await bob.page.evaluate(() => fetch("https://evil.example/").catch(() => undefined));
  assert.equal(await bob.page.evaluate("globalThis.owned"), undefined);
  const deadline = Date.now() + 10_000;
  while ((await here.server.breaches()) < 2 && Date.now() < deadline) await bob.page.waitForTimeout(50);
  assert.equal(await here.server.breaches(), 2);
  assert.ok(said.some((text) => /Content Security Policy/.test(text)));
});
