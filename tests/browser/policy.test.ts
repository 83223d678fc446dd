// The package in Chromium as a page gets it that guards itself: a strict Content-Security-Policy, no bundler.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { consume } from "../package/consumer.js";
import { launch, open, said, serve } from "./chromium.ts";

const dist = new URL("..", import.meta.resolve("@crowbar/domain/chat"));
const without = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'";
const strict = without.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Serves dist/ and a page with one script, which imports consumer.js over the entry that it names. */
async function site(entry: string, policy: string, script: string) {
  const consumer = readFileSync(new URL("../package/consumer.js", import.meta.url), "utf8");
  const head = `globalThis.violations = [];
document.addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(event.violatedDirective));
const say = (promise) => promise.then((text) => { globalThis.said = text; }, (error) => { globalThis.said = String(error); });
`;
  return serve(
    (path) => {
      if (path === "/") return '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>';
      if (path === "/page.js") return `import { consume } from "/consumer.js";\n${head}${script}`;
      if (path === "/consumer.js") return consumer.replace("@crowbar/domain/chat", `/dist/chat/${entry}`);
      const file = path.startsWith("/dist/") && new URL(path.slice("/dist/".length), dist);
      return file && existsSync(file) ? readFileSync(file) : undefined;
    },
    { "content-security-policy": policy },
  );
}

for (const entry of ["index.js", "url.js"]) {
  test(`chat/${entry} loads, decides, folds and projects under a strict policy, as in Node`, async () => {
    const server = await site(entry, strict, "say(consume());");
    try {
      const opened = await open(browser, server.address);
      assert.equal(await said(opened), await consume());
      assert.deepEqual(await opened.page.evaluate("globalThis.violations"), []);
      assert.deepEqual(opened.complaints, []);
      // One entry brings its module along, the other fetches the file beside it.
      assert.equal(server.asked.includes("/dist/chat/chat.wasm"), entry === "url.js");
      assert.equal(server.asked.includes("/dist/chat/bytes.js"), entry === "index.js");
      await opened.page.close();
    } finally {
      server.close();
    }
  });
}

test("the module comes from a response and compiled, in a page too", async () => {
  const script = `const url = "/dist/chat/chat.wasm";
say(Promise.all([
  consume({ wasm: new URL(url, location.href) }),
  consume({ wasm: fetch(url) }),
  WebAssembly.compileStreaming(fetch(url)).then((module) => consume({ wasm: module })),
]).then((all) => String(all.every((text) => text === all[0])) + all[0]));`;
  const server = await site("index.js", strict, script);
  try {
    const opened = await open(browser, server.address);
    assert.equal(await said(opened), `true${await consume()}`);
    assert.deepEqual(opened.complaints, []);
    await opened.page.close();
  } finally {
    server.close();
  }
});

test("a foreign module is refused in a page too", async () => {
  const server = await site("index.js", strict, 'say(consume({ wasm: fetch("/dist/chat/glue.js") }));');
  try {
    const opened = await open(browser, server.address);
    assert.match(await said(opened), /CrowbarError: The module has sha-256 [0-9a-f]{64}; this package is made for/);
    await opened.page.close();
  } finally {
    server.close();
  }
});

test("a policy without 'wasm-unsafe-eval' is named by the error", async () => {
  const server = await site("index.js", without, "say(consume());");
  try {
    const opened = await open(browser, server.address);
    assert.match(await said(opened), /^CrowbarError: .*Content-Security-Policy.*'wasm-unsafe-eval'/);
    await opened.page.close();
  } finally {
    server.close();
  }
});
