// The app as browsers get it: a small built site, behind the same limits and the same function at the edge as all else.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { serve } from "../../../edge/local/serve.ts";
import { folder } from "./running.ts";

const script = `${"/* a line that comes again and again */\n".repeat(50)}globalThis.said = 1;`;
const built = {
  "index.html": "<!doctype html><title>first</title>",
  "assets/app-BxY12.js": script,
  "assets/chat-91a.wasm": "\0asm",
  "assets/font-1.woff2": "font",
  "sw.js": "self.skipWaiting();",
  "manifest.webmanifest": "{}",
  "icon.svg": "<svg/>",
  "secret.key": "of no type that is served",
};

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}
interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function site(t: TestContext, files: Readonly<Record<string, string>> = built) {
  const app = folder(t);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(app, name, ".."), { recursive: true });
    writeFileSync(join(app, name), text);
  }
  const served = await serve({ data: folder(t), port: 0, app });
  t.after(() => served.close());
  const { port } = new URL(served.origin);
  // By node:http: fetch would tidy the path, undo the coding and choose the host itself.
  const ask = (path: string, { method = "GET", headers = {}, body }: Asked = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () =>
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
        );
      });
      asked.on("error", reject);
      asked.end(body);
    });
  return { app, origin: served.origin, port, hash: served.stack.domain.hash, ask };
}

test("each address of the app is answered with its document, which is asked for again each time", async (t) => {
  const { ask } = await site(t);
  for (const path of ["/", "/index.html", "/c/general", "/c/with.dot", "/callback?code=1&state=2", "/signed-out"]) {
    const { status, headers, body } = await ask(path);
    assert.equal(status, 200, path);
    assert.equal(body.toString(), built["index.html"], path);
    assert.equal(headers["content-type"], "text/html; charset=utf-8");
    assert.equal(headers["cache-control"], "no-cache");
  }
  const { headers } = await ask("/");
  const again = await ask("/", { headers: { "if-none-match": String(headers.etag) } });
  assert.deepEqual([again.status, again.body.length, again.headers.etag], [304, 0, headers.etag]);
  assert.equal(again.headers["content-security-policy"], headers["content-security-policy"]);
});

test("its policy allows nothing from elsewhere, nothing inline, and no text to become a script", async (t) => {
  const { ask } = await site(t);
  for (const path of ["/", "/c/general", "/sw.js", "/icon.svg"]) {
    const { headers } = await ask(path);
    assert.equal(
      headers["content-security-policy"],
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types crowbar-service-worker; report-uri /csp-reports",
    );
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["cross-origin-opener-policy"], "same-origin");
    assert.equal(headers["referrer-policy"], "same-origin");
    assert.match(String(headers["permissions-policy"]), /camera=\(\)/);
  }
  const { headers } = await ask("/assets/app-BxY12.js");
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["cross-origin-resource-policy"], "same-origin");
});

test("a file with a hash in its name is good for ever; any other is asked for again", async (t) => {
  const { ask } = await site(t);
  const types = {
    "/assets/app-BxY12.js": ["text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    "/assets/chat-91a.wasm": ["application/wasm", "public, max-age=31536000, immutable"],
    "/assets/font-1.woff2": ["font/woff2", "public, max-age=31536000, immutable"],
    "/sw.js": ["text/javascript; charset=utf-8", "no-cache"],
    "/manifest.webmanifest": ["application/manifest+json", "no-cache"],
    "/icon.svg": ["image/svg+xml", "no-cache"],
  };
  for (const [path, [type, cached]] of Object.entries(types)) {
    const { status, headers } = await ask(path);
    assert.deepEqual([status, headers["content-type"], headers["cache-control"]], [200, type, cached], path);
  }
});

test("who takes brotli gets it, with a tag of its own; it is made once and kept beside the file", async (t) => {
  const { app, ask } = await site(t);
  const path = "/assets/app-BxY12.js";
  const plain = await ask(path);
  assert.equal(plain.body.toString(), script);
  assert.deepEqual([plain.headers.vary, plain.headers["content-encoding"]], ["accept-encoding", undefined]);
  for (const accepted of ["br", "gzip, deflate, br, zstd", "gzip;q=1, BR;q=0.2", "*"]) {
    const { headers, body } = await ask(path, { headers: { "accept-encoding": accepted } });
    assert.equal(headers["content-encoding"], "br", accepted);
    assert.equal(headers["content-length"], String(body.length));
    assert.ok(body.length < script.length / 4);
    assert.equal(brotliDecompressSync(body).toString(), script);
    assert.notEqual(headers.etag, plain.headers.etag);
    assert.equal(headers.vary, "accept-encoding");
  }
  for (const accepted of ["gzip", "br;q=0", "*, br;q=0.000", "xbr", "identity"]) {
    const { headers } = await ask(path, { headers: { "accept-encoding": accepted } });
    assert.equal(headers["content-encoding"], undefined, accepted);
  }
  const { headers } = await ask("/assets/font-1.woff2", { headers: { "accept-encoding": "br" } });
  assert.deepEqual([headers["content-encoding"], headers.vary], [undefined, undefined]);
  assert.deepEqual(readdirSync(join(app, "assets")).sort(), [
    ...["app-BxY12.js", "app-BxY12.js.br", "chat-91a.wasm", "font-1.woff2"],
  ]);
  assert.ok(!existsSync(join(app, "index.html.br")));
});

test("HEAD says what GET would, without the body", async (t) => {
  const { ask } = await site(t);
  for (const path of ["/", "/assets/app-BxY12.js"]) {
    const headers = { "accept-encoding": "br" };
    const got = await ask(path, { headers });
    const head = await ask(path, { method: "HEAD", headers });
    assert.equal(head.body.length, 0);
    for (const name of ["content-type", "content-length", "content-encoding", "etag", "cache-control"]) {
      assert.equal(head.headers[name], got.headers[name], `${path} ${name}`);
    }
  }
});

test("what is no part of the site is nobody's, however its address is written", async (t) => {
  const { app, ask } = await site(t);
  writeFileSync(join(app, "..", "beside.txt"), "beside");
  t.after(() => rmSync(join(app, "..", "beside.txt"), { force: true }));
  const paths = {
    "/../beside.txt": 400,
    "/assets/../index.html": 400,
    "/assets/%2e%2e/%2e%2e/beside.txt": 400,
    "/assets/..%2f..%2fbeside.txt": 400,
    "/assets\\..\\beside.txt": 400,
    "/assets/app-BxY12.js%00.css": 400,
    "//index.html": 400,
    "/assets/": 404,
    "/assets/app-other.js": 404,
    "/assets/__proto__": 404,
    "/secret.key": 401,
    "/app-BxY12.js": 401,
    "/c": 401,
    "/unknown": 401,
  };
  for (const [path, status] of Object.entries(paths)) assert.equal((await ask(path)).status, status, path);
  const posted = await ask("/", { method: "POST", body: "x" });
  assert.deepEqual([posted.status, posted.headers.allow], [405, "GET, HEAD"]);
});

test("the app has one origin: the machine's other name leads there, a stranger's finds nobody", async (t) => {
  const { origin, port, ask } = await site(t);
  const other = (host: string, path: string) => ask(path, { headers: { host } });
  for (const path of ["/", "/c/general?at=3", "/callback?code=1"]) {
    const { status, headers } = await other(`localhost:${port}`, path);
    assert.deepEqual([status, headers.location, headers["cache-control"]], [307, origin + path, "no-store"]);
    assert.equal((await other(`elsewhere.example:${port}`, path)).status, 404);
  }
});

test("a site that is built anew is served anew", async (t) => {
  const { app, ask } = await site(t);
  const before = await ask("/");
  writeFileSync(join(app, "assets", "app-Next.js"), "next");
  assert.equal((await ask("/sw.js")).body.toString(), built["sw.js"]);
  writeFileSync(join(app, "sw.js"), "self.clients.claim();");
  writeFileSync(join(app, "index.html"), "<!doctype html><title>second</title>");
  utimesSync(join(app, "index.html"), new Date(), new Date(Date.now() + 5_000));
  assert.equal((await ask("/sw.js")).body.toString(), "self.clients.claim();");
  const after = await ask("/", { headers: { "if-none-match": String(before.headers.etag) } });
  assert.equal(after.status, 200);
  assert.match(after.body.toString(), /second/);
  assert.equal((await ask("/assets/app-Next.js")).body.toString(), "next");
  // The service worker is written last of all.
  writeFileSync(join(app, "sw.js"), "self.registration;");
  utimesSync(join(app, "sw.js"), new Date(), new Date(Date.now() + 9_000));
  assert.equal((await ask("/sw.js")).body.toString(), "self.registration;");
});

test("the stack's own page is at /status, and at / where no app is built", async (t) => {
  const { ask } = await site(t);
  assert.match((await ask("/status")).body.toString(), /Crowbar on this machine/);
  const without = await site(t, {});
  assert.match((await without.ask("/")).body.toString(), /Crowbar on this machine/);
  assert.equal((await without.ask("/c/general")).status, 404);
});

test("the rules that are served can be loaded by their hash, and nothing else of the data folder", async (t) => {
  const { origin, hash, ask } = await site(t);
  const { status, headers, body } = await ask(`/rules/${hash}/chat/index.js`);
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "text/javascript; charset=utf-8");
  assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
  for (const [, path] of body.toString().matchAll(/from "(.+?)"/g)) {
    const imported = new URL(path ?? "", `${origin}/rules/${hash}/chat/index.js`).pathname;
    assert.equal((await ask(imported)).status, 200, imported);
  }
  assert.equal((await ask(`/rules/${hash}/chat/chat.wasm`)).headers["content-type"], "application/wasm");
  for (const path of [
    `/rules/${"0".repeat(64)}/chat/index.js`,
    `/rules/${hash}`,
    `/rules/${hash}/`,
    `/rules/${hash}/chat`,
    `/rules/${hash}.tmp/chat/index.js`,
    "/rules/__proto__/chat/index.js",
  ]) {
    assert.ok([401, 404].includes((await ask(path)).status ?? 0), path);
  }
  assert.equal((await ask(`/rules/${hash}/../../log/events.sqlite`)).status, 400);
});

test("a report of a breach is counted by its directive, and nothing else of it is kept", async (t) => {
  const { origin, ask } = await site(t);
  const report = (directive: string) =>
    JSON.stringify({ "csp-report": { "effective-directive": directive, "script-sample": "what ada wrote" } });
  const send = (body: string, type = "application/csp-report") =>
    ask("/csp-reports", { method: "POST", body, headers: { "content-type": type } });
  assert.equal((await send(report("script-src-elem"))).status, 204);
  assert.equal((await send(report("what ada wrote"))).status, 204);
  assert.equal((await send("{")).status, 400);
  assert.equal((await send("null")).status, 400);
  assert.equal((await send(report("img-src"), "text/plain")).status, 415);
  assert.equal((await send(`"${"x".repeat(20_000)}"`)).status, 413);
  assert.deepEqual([(await ask("/csp-reports")).status, (await ask("/csp-reports/")).status], [405, 401]);
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  assert.match(metrics, /\{part="app"\} 2/);
  assert.doesNotMatch(metrics, /ada wrote/);
  let status: number | undefined;
  for (let sent = 0; sent < 200 && status !== 429; sent += 1) status = (await send(report("img-src"))).status;
  assert.equal(status, 429);
});
