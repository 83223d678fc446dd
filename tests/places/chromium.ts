// The module in Chromium, on a page that a strict Content-Security-Policy guards.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import type { Place } from "./place.ts";

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'";
const page = '<!doctype html><meta charset="utf-8"><title>core</title><script type="module" src="/page.ts"></script>';
const scripts = ["page.ts", "module.ts", "session.ts"];

/** Bytes that wait for whoever asks: the page asks for requests, the runner for answers. */
class Letterbox {
  #letters: Uint8Array[] = [];
  #waiting: ((letter: Uint8Array) => void)[] = [];

  put(letter: Uint8Array): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(letter);
    else this.#letters.push(letter);
  }
  take(): Promise<Uint8Array> {
    const letter = this.#letters.shift();
    if (letter) return Promise.resolve(letter);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Serves the page and the module at 127.0.0.1 alone, and carries letters between the page and the runner. */
function serve(folder: string, context: string, requests: Letterbox, answers: Letterbox) {
  const files = new Map<string, readonly [type: string, body: string | Buffer]>([
    ["/", ["text/html", page]],
    ["/module.mjs", ["text/javascript", readFileSync(`${folder}/${context}.mjs`)]],
    ["/module.wasm", ["application/wasm", readFileSync(`${folder}/${context}.wasm`)]],
    ...scripts.map((name): [string, [string, string]] => {
      const source = readFileSync(new URL(name, import.meta.url), "utf8");
      return [`/${name}`, ["text/javascript", stripTypeScriptTypes(source)]];
    }),
  ]);
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    if (path === "/requests") {
      response.setHeader("content-type", "application/octet-stream").end(await requests.take());
    } else if (path === "/answers") {
      answers.put(await bodyOf(request));
      response.end();
    } else {
      const [type, body] = files.get(path) ?? [];
      if (type === undefined) response.writeHead(404).end();
      else response.setHeader("content-type", type).setHeader("content-security-policy", policy).end(body);
    }
  }
  return createServer((request, response) => void answer(request, response));
}

/** Opens a page with the module `<folder>/<context>` in it. */
export async function openChromium(name: string, folder: string, context: string, domain = ""): Promise<Place> {
  const requests = new Letterbox();
  const answers = new Letterbox();
  const server = serve(folder, context, requests, answers);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const tab = await browser.newPage();
  const broken = new Promise<never>((_, reject) => {
    tab.on("pageerror", (error) => reject(error));
    tab.on("crash", () => reject(new Error(`The page of ${name} crashed.`)));
    tab.on("console", (message) => message.type() === "error" && reject(new Error(message.text())));
  });
  broken.catch(() => {}); // whoever waits for answers hears of it
  const { port } = server.address() as AddressInfo;
  await tab.goto(`http://127.0.0.1:${port}/#${domain}`);
  return {
    name,
    run: (batch) => {
      requests.put(batch);
      return Promise.race([answers.take(), broken]);
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
