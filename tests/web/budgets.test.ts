// What a visitor downloads until they can write, and how long it takes from a key until the message stands there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, median } from "./figures.ts";
import { signIn } from "./person.ts";
import { stage } from "./stage.ts";
import { composer, createChannel, say, stored } from "./talking.ts";

const budget = { bytes: 200 * 1024, sendMs: 16 };

const here = stage();

test("from nothing to the first message: at most 200 KB, the module included", async (t) => {
  const { page, context } = await here.somebody("ada");
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => paths.set(requestId, new URL(request.url).pathname));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId) ?? "?";
    bytes.set(path, (bytes.get(path) ?? 0) + encodedDataLength);
  });
  await page.goto(here.server.origin);
  await signIn(page, "ada");
  await createChannel(page, "general");
  await say(page, "general", "the first one");
  await stored(page, "the first one").waitFor();
  // Signing in is the provider's: with Cognito it comes from elsewhere.
  const own = [...bytes].filter(([path]) => !path.startsWith("/auth/")).sort(([, a], [, b]) => b - a);
  const sum = own.reduce((all, [, size]) => all + size, 0);
  const largest = own.slice(0, 12).map(([path, size]) => `${path} ${size}`);
  t.diagnostic(
    `${sum} bytes of ${budget.bytes} on the wire, headers and ${own.length} addresses in all: ${largest.join(", ")}`,
  );
  assert.ok(
    own.some(([path]) => path.endsWith(".wasm")),
    "the module came",
  );
  assert.ok(sum <= budget.bytes, `${sum} bytes`);
});

test("a message stands there within a frame of the key that sends it", async (t) => {
  const { page } = await here.signedIn("bob");
  await createChannel(page, "swift");
  const inDom: number[] = [];
  const painted: number[] = [];
  for (let number = 1; number <= 40; number += 1) {
    const text = `swift ${number}.`;
    await composer(page, "swift").fill(text);
    const took = page.evaluate(
      (wanted) =>
        new Promise<{ dom: number; frame: number; inFirst: boolean }>((resolve) => {
          let from = 0;
          let inFirst = false;
          const stands = () => document.querySelector('[role="feed"]')?.textContent?.includes(wanted) === true;
          addEventListener(
            "keydown",
            () => {
              from = performance.now();
              // Whatever the machine: the first frame that is drawn after the key has it.
              requestAnimationFrame(() => {
                inFirst = stands();
              });
            },
            { capture: true, once: true },
          );
          const observer = new MutationObserver(() => {
            if (!stands()) return;
            observer.disconnect();
            const dom = performance.now() - from;
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => resolve({ dom, frame: performance.now() - from, inFirst });
              port2.postMessage(0);
            });
          });
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        }),
      text,
    );
    await composer(page, "swift").press("Enter");
    const { dom, frame, inFirst } = await took;
    assert.ok(inFirst, `${text} is not in the first frame`);
    inDom.push(dom);
    painted.push(frame);
    await stored(page, text).waitFor();
  }
  t.diagnostic(`from the key to the message: decided and rendered ${inWords(inDom)}; in a frame ${inWords(painted)}`);
  assert.ok(median(inDom) < 5 * budget.sendMs, inWords(inDom));
});
