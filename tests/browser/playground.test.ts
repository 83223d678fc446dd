// The playground as a person uses it: in Chromium, by its labels, under the Content-Security-Policy that it is served with.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const serve = fileURLToPath(new URL("../../wasm/playground/serve.mjs", import.meta.url));
let server: ChildProcess;
let address: string;
let browser: Browser;

function start(port: string): ChildProcess {
  return spawn(process.execPath, [serve, "--built"], { env: { ...process.env, PORT: port } });
}

async function outputOf(child: ChildProcess): Promise<string> {
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  await once(child, "close");
  return output;
}

before(async () => {
  server = start("0");
  address = await new Promise((resolve, reject) => {
    let output = "";
    server.once("close", () => reject(new Error(`the playground ended: ${output}`)));
    server.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      const found = /http:\S+/.exec(output);
      if (found) resolve(found[0]);
    });
  });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(async () => {
  await browser?.close();
  server?.kill("SIGKILL");
});

/** A fresh page, and what broke in it: errors, and requests to anybody else. */
async function open(width = 1200): Promise<{ readonly page: Page; readonly broken: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  page.on("request", (request) => request.url().startsWith(address) || broken.push(request.url()));
  await page.goto(address);
  await page.locator("#decide:enabled").waitFor();
  return { page, broken };
}

/** Lets `who` send a command; answers the code and the sentence of the verdict. */
async function send(page: Page, who: string, what: string, fields: { readonly [name: string]: string } = {}) {
  await page.getByRole("radio", { name: who, exact: true }).check({ force: true });
  await page.getByLabel("What", { exact: true }).selectOption({ label: what });
  for (const [name, value] of Object.entries(fields)) await page.getByLabel(name, { exact: true }).fill(value);
  await page.getByRole("button", { name: "Decide" }).click();
  const [code, sentence] = await page.locator("#verdict > *").allTextContents();
  return { code, sentence };
}

test("a channel is created, joined and spoken in; who is no member is refused, and told why", async () => {
  const { page, broken } = await open();
  assert.equal((await send(page, "ada", "Create channel", { name: "general" })).code, "channel_created");
  assert.equal((await send(page, "bob", "Join channel")).code, "user_joined_channel");
  assert.equal((await send(page, "bob", "Send message", { text: "  hi  " })).code, "message_sent");
  assert.deepEqual(await send(page, "cleo", "Send message", { text: "hi" }), {
    code: "not_a_member",
    sentence: "cleo is not a member of channel-general.",
  });
  assert.deepEqual(await page.locator("#log .code").allTextContents(), [
    "message_sent",
    "user_joined_channel",
    "channel_created",
  ]);
  const view = (key: string) => page.getByRole("article").filter({ has: page.getByText(key, { exact: true }) });
  const [message] = JSON.parse((await view("messages/general/1").locator("pre").textContent()) ?? "");
  assert.deepEqual([message.userId, message.text], ["bob", "hi"]);
  const [channel] = JSON.parse((await view("allchannels").locator("pre").textContent()) ?? "");
  assert.equal(channel.users, 2);
  assert.match((await page.locator("#timing").textContent()) ?? "", /One decision takes \d+\.\d µs/);
  assert.deepEqual(broken, []);
});

test("a name that another channel holds is refused, and free again once that one is archived", async () => {
  const { page, broken } = await open();
  await send(page, "ada", "Create channel", { name: "general" });
  const other = { "In which stream": "second", name: "general" };
  assert.equal((await send(page, "bob", "Create channel", other)).code, "channel_name_taken");
  assert.equal((await send(page, "ada", "Archive channel", { "In which stream": "general" })).code, "channel_archived");
  assert.equal((await send(page, "bob", "Create channel", other)).code, "channel_created");
  assert.deepEqual(broken, []);
});

test("the bounds of every field are shown, and saying no is left to the core", async () => {
  const { page, broken } = await open();
  assert.match((await page.locator("#fields").textContent()) ?? "", /1 to 80 code points.*0 to 250 code points/s);
  const refused = await send(page, "ada", "Create channel", { "In which stream": "no id" });
  assert.equal(refused.code, "stream_invalid");
  assert.equal(
    (await send(page, "ada", "Create channel", { "In which stream": "x", name: "" })).code,
    "channel_name_invalid",
  );
  assert.deepEqual(broken, []);
});

test("a keyboard is enough", async () => {
  const { page, broken } = await open();
  await page.getByLabel("name", { exact: true }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#verdict .code").textContent(), "channel_created");
  await page.getByRole("radio", { name: "ada" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getByRole("radio", { name: "bob" }).isChecked(), true);
  await page.getByLabel("description", { exact: true }).press("Control+Enter");
  assert.equal(await page.locator("#verdict .code").textContent(), "channel_already_exists");
  assert.deepEqual(broken, []);
});

test("nothing is wider than a telephone", async () => {
  const { page } = await open(360);
  await send(page, "ada", "Create channel", { name: "general", description: "x".repeat(240) });
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
});

test("a port that is taken, or is none, is told in one line", async () => {
  const { port } = new URL(address);
  assert.match(
    await outputOf(start(port)),
    new RegExp(`^Port ${port} is taken .* PORT=${Number(port) + 1} npm run playground\n$`),
  );
  assert.match(await outputOf(start("http")), /^PORT is "http"; .* 0 to 65535\.\n$/);
});

test("Ctrl-C ends it cleanly", async () => {
  const child = start("0");
  await once(child.stdout ?? child, "data");
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  assert.equal(code, 0);
});
