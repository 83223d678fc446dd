// Debian's Chromium, and a web server for it that serves what it is given and nothing else.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** A page that has been opened, and everything it complained of: errors, and breaches of its security policy. */
export interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function open(browser: Browser, address: string): Promise<Opened> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A page without an icon is no fault of the module.
    if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) complaints.push(message.text());
  });
  await page.goto(address);
  return { page, complaints };
}

/** What the page has said by setting `globalThis.said`; its complaints, where it falls silent. */
export async function said({ page, complaints }: Opened): Promise<string> {
  const patience = AbortSignal.timeout(30_000);
  while (!patience.aborted) {
    // Asked from outside each time: waitForFunction evaluates text inside the page, which a strict policy forbids.
    const text: unknown = await page.evaluate("globalThis.said");
    if (typeof text === "string") return text;
    await setTimeout(20);
  }
  throw new Error(`The page says nothing. ${complaints.join("\n")}`);
}

const types: Readonly<Record<string, string>> = {
  "": "text/html",
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves at 127.0.0.1 what `read` finds at a path, with `headers`. */
export async function serve(
  read: (path: string) => string | Buffer | undefined,
  headers: Readonly<Record<string, string>> = {},
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    asked.push(path);
    const body = read(path);
    if (body === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream", ...headers })
        .end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: asked as readonly string[],
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A port that was free a moment ago, for servers that must be told theirs. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
