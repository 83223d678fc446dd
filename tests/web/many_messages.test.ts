// A channel of 100,000 messages: opened at its newest, and read upwards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch } from "../browser/chromium.ts";
import { inWords, median } from "./figures.ts";
import { filled } from "./filled.ts";
import { type Person, signedIn } from "./person.ts";
import { now, seen } from "./seen.ts";
import { dataFolder, type Serving, serving } from "./serving.ts";
import { channelLink, composer, createChannel, messages, say, status, stored } from "./talking.ts";

const count = 100_000;
/** As the issue says; held with a wide margin, since a machine may be busy. */
const budget = { openMs: 1_000, taskMs: 50 };
/** What is in sight of 800 px, and as much again: whatever is scrolled past costs nothing. */
const mostRows = 80;

let server: Serving;
let browser: Browser;
/** A member of the channel, on a device that has never seen it. */
let cleo: Person;
before(async () => {
  const data = dataFolder();
  const from = now();
  await filled(data, "busy", count);
  server = await serving({ data });
  console.log(`# filled with ${count} messages in ${((now() - from) / 1000).toFixed(1)} s`);
  browser = await launch();
  cleo = await signedIn(browser, server.origin, "cleo");
  await channelLink(cleo.page, "busy").waitFor();
});
after(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Notes each task that keeps the page busy for longer than 50 ms. */
async function longTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
    Object.assign(globalThis, { tasks });
  });
  return () => page.evaluate(() => (globalThis as unknown as { tasks: readonly number[] }).tasks);
}

test("it opens at its newest message in under a second, on a new device and on one that knows it", {
  timeout: 120_000,
}, async (t) => {
  const { page } = cleo;
  const newest = `${count} `;
  let from = now();
  await channelLink(page, "busy").click();
  const fresh = (await seen(page, newest)) - from;
  await composer(page, "busy").waitFor();
  await status(page, "Online").waitFor();
  const address = page.url();
  const clicked: number[] = [];
  const loaded: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await createChannel(page, `aside-${round}`);
    from = now();
    await channelLink(page, "busy").click();
    clicked.push((await seen(page, newest)) - from);
    await page.goto("about:blank");
    from = now();
    await page.goto(address, { waitUntil: "commit" });
    loaded.push((await seen(page, newest)) - from);
  }
  t.diagnostic(`click to the newest message: ${fresh.toFixed(0)} ms on a new device, then ${inWords(clicked)}`);
  t.diagnostic(`page load to the newest message: ${inWords(loaded)}`);
  for (const each of [fresh, median(clicked), median(loaded)]) assert.ok(each < 5 * budget.openMs, `${each} ms`);
});

test("it is scrolled upwards and downwards smoothly, and what is shown is in order", {
  timeout: 120_000,
}, async (t) => {
  const { page } = cleo;
  const scroller = await page.evaluateHandle(() => {
    let each: Element | null = document.querySelector('[role="feed"]');
    while (each !== null && each.scrollHeight <= each.clientHeight) each = each.parentElement;
    if (each === null) throw new Error("Nothing can be scrolled.");
    return each;
  });
  const box = await page.getByRole("feed").boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, Math.max(box.y, 0) + 200);
  const tasks = await longTasks(page);
  let lowest = Number.POSITIVE_INFINITY;
  const look = async () => {
    const numbers = (await messages(page).evaluateAll((all) =>
      all.map((each) => Number((each as HTMLElement).dataset.message?.slice(1))),
    )) as number[];
    assert.ok(numbers.length > 0, "the list is empty");
    assert.ok(numbers.length < mostRows, `${numbers.length} messages are laid out at once`);
    for (const [index, number] of numbers.entries()) {
      if (index > 0) assert.equal(number, (numbers[index - 1] as number) + 1, numbers.join());
    }
    lowest = Math.min(lowest, numbers[0] as number);
    return numbers;
  };
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        const step = (at: number) => {
          gaps.push(at - last);
          last = at;
          if ((globalThis as unknown as { over?: boolean }).over === true) resolve(gaps);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
  );
  const steps = { up: 200, down: 100 };
  for (let step = 0; step < steps.up; step += 1) {
    await page.mouse.wheel(0, -600);
    if (step % 20 === 19) await look();
  }
  for (let step = 0; step < steps.down; step += 1) await page.mouse.wheel(0, 600);
  await look();
  await page.evaluate(() => Object.assign(globalThis, { over: true }));
  const gaps = await frames;
  const long = await tasks();
  t.diagnostic(
    `scrolled up to message ${lowest}: ${long.length} tasks over 50 ms (${long.map((ms) => ms.toFixed(0)).join(", ")}), ` +
      `frames ${inWords(gaps)}`,
  );
  assert.ok(lowest < count - 200, `only up to ${lowest}`);
  assert.ok(Math.max(0, ...long) < 20 * budget.taskMs, `tasks of ${long.join(", ")} ms`);
  // A busy machine makes some; what is slow by itself makes one at nearly every step.
  assert.ok(long.length < (steps.up + steps.down) / 3, `${long.length} tasks of more than 50 ms`);
  // That it would have noticed: a task that is long on purpose.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        setTimeout(() => {
          const until = performance.now() + 120;
          while (performance.now() < until);
          setTimeout(resolve, 0);
        }),
      ),
  );
  await page.waitForTimeout(0);
  assert.ok((await tasks()).length > long.length, "long tasks are not noticed");
  assert.ok(median(gaps) < 2 * budget.taskMs, `frames ${inWords(gaps)}`);
  await scroller.dispose();
});

test("its very beginning is a jump away, and the newest again by a button", { timeout: 120_000 }, async () => {
  const { page } = cleo;
  await page.getByRole("feed").evaluate((feed) => {
    let each: Element | null = feed;
    while (each !== null && each.scrollHeight <= each.clientHeight) each = each.parentElement;
    each?.scrollTo({ top: 0 });
  });
  await page.locator('[data-message="m1"]').waitFor();
  await page.getByRole("button", { name: "Newest messages" }).click();
  await page.locator(`[data-message="m${count}"]`).waitFor();
  await say(page, "busy", "and one more");
  await stored(page, "and one more").waitFor();
  assert.deepEqual(cleo.broken, []);
});
