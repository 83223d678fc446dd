// The client in Debian's Chromium, with React, in front of the real server: every state that was rendered is looked at.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launch } from "../browser/chromium.ts";
import type { Driven, Rendered } from "./page.ts";
import { type Place, place } from "./place.ts";
import { create, join, say } from "./said.ts";

declare const driven: Driven;

let browser: Browser;
let script: string;

before(async () => {
  const built = await build({
    entryPoints: [fileURLToPath(new URL("page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"development"' },
  });
  script = built.outputFiles[0]?.text ?? "";
  browser = await launch();
});
after(() => browser?.close());

test("the app of the README works as it stands there", { timeout: 60_000 }, async (t) => {
  const file = new URL("readme_app.tsx", import.meta.url);
  const shown = readFileSync(file, "utf8").split("// readme\n")[1]?.trim();
  const readme = readFileSync(new URL("../../web/client/README.md", import.meta.url), "utf8");
  assert.ok(shown && readme.includes(`\`\`\`tsx\n${shown}\n\`\`\``), "the README shows what is tested");
  const here = await place(t);
  await (await here.client("ada")).send(create("general")).settled;
  const built = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
  });
  const token = await here.token("ada");
  const body = `<main id="main"></main><script>token = ${JSON.stringify(token)}</script>`;
  const address = await served(t, here, built.outputFiles[0]?.text ?? "", body);
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(address);
  await page.getByLabel("Say something").fill("Hello?");
  // Before the stream is known here, only the server can say.
  await page.getByLabel("Say something").press("Enter");
  await page.getByText("Hello?").waitFor();
});

/** The page, and everything else from the server behind it, under one address. */
async function served(t: TestContext, here: Place, code = script, body = ""): Promise<string> {
  const server = createServer((asked, answer) => {
    if (asked.url === "/") return void answer.writeHead(200, { "content-type": "text/html" }).end(html + body + main);
    if (asked.url === "/page.js") return void answer.writeHead(200, { "content-type": "text/javascript" }).end(code);
    if (asked.url === "/favicon.ico") return void answer.writeHead(204).end();
    const headers = { ...asked.headers, host: new URL(here.origin).host, origin: here.origin };
    const on = request(here.origin + asked.url, { method: asked.method ?? "GET", headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
      answer.on("close", () => got.destroy());
    });
    on.on("error", () => answer.destroy());
    answer.on("close", () => on.destroy());
    asked.pipe(on);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const html = '<!doctype html><meta charset="utf-8"><title>A page</title>';
const main = '<script type="module" src="/page.js"></script>';

async function opened(context: BrowserContext, address: string, token: string, channel: string, strict: boolean) {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of|ERR_/.test(message.text())) complaints.push(message.text());
    if (message.type() === "warning") complaints.push(message.text());
  });
  await page.goto(address);
  await page.evaluate(([token, channel, strict]) => driven.open({ token, channel, strict }), [
    token,
    channel,
    strict,
  ] as const);
  return { page, complaints };
}

const renderedIn = (page: Page): Promise<readonly Rendered[]> => page.evaluate(() => driven.rendered());

/** Waits until what was rendered last is so. */
async function until(page: Page, is: (now: Rendered) => boolean): Promise<Rendered> {
  for (const patience = AbortSignal.timeout(15_000); ; ) {
    const now = (await renderedIn(page)).at(-1);
    if (now !== undefined && is(now)) return now;
    if (patience.aborted) throw new Error(`It did not come to that: ${JSON.stringify(now)}`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** Whoever is there at the end was there, once, in every rendering since they came. */
function nothingFlickers(states: readonly Rendered[]): void {
  const shown = states.map((state) => state.shown);
  for (const text of new Set(shown.flat())) {
    const from = shown.findIndex((texts) => texts.includes(text));
    const counts = shown.slice(from).map((texts) => texts.filter((each) => each === text).length);
    assert.ok(!counts.join("").includes("01"), `${text} disappeared and came again: ${counts.join("")}`);
    assert.ok(Math.max(...counts) === 1, `${text} was there twice: ${counts.join("")}`);
  }
}

for (const strict of [true, false]) {
  const mode = strict ? "with StrictMode" : "without StrictMode";

  test(`a message is there in the next frame and stays there until it is in the view, ${mode}`, {
    timeout: 60_000,
  }, async (t) => {
    const here = await place(t);
    const address = await served(t, here);
    const context = await browser.newContext();
    t.after(() => context.close());
    const { page, complaints } = await opened(context, address, await here.token("ada"), "general", strict);
    await until(page, ({ state, channels }) => (state === "online" && channels !== undefined) || state === "online");
    await page.evaluate((body) => driven.send(body.type, body.stream, body.data), create("general"));
    const bob = await here.client("bob");
    await until(page, ({ waiting, channels }) => waiting === 0 && channels?.[0] === "general");
    await bob.send(join("general")).settled;
    const times: number[] = [];
    for (let number = 0; number < 15; number += 1) {
      const { state, ms } = await page.evaluate(
        (body) => driven.send(body.type, body.stream, body.data),
        say("general", `a${number}`),
      );
      assert.equal(state, "waiting");
      times.push(ms);
      if (number % 3 === 0) await bob.send(say("general", `b${number}`)).settled;
    }
    await until(page, ({ waiting, messages }) => waiting === 0 && messages?.length === 20);
    await page.evaluate(() => driven.isEverythingKept());
    const states = await renderedIn(page);
    nothingFlickers(states);
    for (const { messages, shown } of states) assert.deepEqual(shown, messages ?? [], "no tearing");
    assert.deepEqual(complaints, []);
    times.sort((a, b) => a - b);
    t.diagnostic(`decide and show of a send, ms: median ${times[7]?.toFixed(2)}, most ${times.at(-1)?.toFixed(2)}`);
  });

  test(`the loser of a race for a name loses the channel and what was said in it, with reasons; nothing else flickers, ${mode}`, {
    timeout: 60_000,
  }, async (t) => {
    const here = await place(t);
    const address = await served(t, here);
    const ada = await here.client("ada");
    await ada.send(create("lobby")).settled;
    await ada.send(create("general")).settled;
    const context = await browser.newContext();
    t.after(() => context.close());
    const { page, complaints } = await opened(context, address, await here.token("bob"), "bobs", strict);
    await until(page, ({ channels }) => channels?.length === 2);
    await page.evaluate(() => driven.block(true));
    await page.evaluate((body) => driven.send(body.type, body.stream, body.data), create("bobs", "general"));
    await page.evaluate((body) => driven.send(body.type, body.stream, body.data), say("bobs", "m1", "Anybody?"));
    await until(page, ({ messages, channels }) => messages?.length === 1 && channels?.length === 3);
    await page.evaluate(() => driven.block(false));
    const last = await until(page, ({ rejected }) => rejected.length === 2);
    assert.deepEqual(last.rejected, ["channel_name_taken", "channel_not_found"]);
    assert.deepEqual([last.shown, last.channels], [[], ["lobby", "general"]]);
    const states = await renderedIn(page);
    nothingFlickers(states);
    const first = states.findIndex(({ channels }) => channels?.length === 2);
    for (const { channels } of states.slice(first)) assert.deepEqual(channels?.slice(0, 2), ["lobby", "general"]);
    assert.deepEqual(complaints, []);
  });
}

test("twenty messages said offline, a tab that crashes, two tabs that open: stored once each, in order", {
  timeout: 60_000,
}, async (t) => {
  const here = await place(t);
  const address = await served(t, here);
  const token = await here.token("ada");
  const context = await browser.newContext();
  t.after(() => context.close());
  const first = (await opened(context, address, token, "general", true)).page;
  await first.evaluate((body) => driven.send(body.type, body.stream, body.data), create("general"));
  await until(first, ({ waiting, channels }) => waiting === 0 && channels?.length === 1);
  await first.evaluate(() => driven.block(true));
  for (let number = 0; number < 20; number += 1) {
    await first.evaluate((body) => driven.send(body.type, body.stream, body.data), say("general", `m${number}`));
  }
  await first.evaluate(() => driven.isEverythingKept());
  // Nothing in it runs to its end.
  const session = await context.newCDPSession(first);
  await Promise.race([
    session.send("Page.crash").catch(() => {}),
    new Promise((resolve) => first.once("crash", resolve)),
  ]);
  const [second, third] = [
    (await opened(context, address, token, "general", true)).page,
    (await opened(context, address, token, "general", true)).page,
  ];
  for (const page of [second, third]) {
    await until(page, ({ waiting, messages, state }) => waiting === 0 && messages?.length === 20 && state === "online");
    nothingFlickers(await renderedIn(page));
  }
  const leads = await Promise.all([second, third].map((page) => page.evaluate(() => driven.status().leader)));
  assert.equal(leads.filter(Boolean).length, 1);
  const { stack } = here.served();
  const log = Buffer.from((await stack.store.read("channel-general", 0, 1000)).events)
    .toString()
    .trim()
    .split("\n");
  const texts = log.slice(1).map((line) => JSON.parse(line).data.text);
  assert.deepEqual(
    texts,
    Array.from({ length: 20 }, (_, number) => `m${number}`),
  );
});
