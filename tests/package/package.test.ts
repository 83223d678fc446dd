// The package as it would be published, in a fresh project of each kind that people have.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import * as vite from "vite";
import webpack from "webpack";
import { freePort, launch, open, said, serve } from "../browser/chromium.ts";
import { budget } from "./budget.ts";
import { consume } from "./consumer.js";
import { pack, project, systemNode, tool } from "./project.ts";

const tarball = pack("package");
const expected = await consume();
let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const html = (script: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>fresh</title><script type="module" src="${script}"></script></html>`;
const page = `import { consume } from "./consumer.js";
consume().then((text) => { globalThis.said = text; }, (error) => { globalThis.said = String(error.stack); });
`;
const program = `import { consume } from "./consumer.js";
consume().then((text) => process.stdout.write(text));
`;

/** Runs one of this repository's tools and answers what it complains of. */
function complaintsOf(name: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(tool(name), args, { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}

test("publint has nothing to say", () => {
  assert.equal(complaintsOf("publint", "--strict", tarball), "");
});

test("the types are right wherever an ES module may be imported", () => {
  // attw passes by the patterns among the exports, so what they stand for is named. The bare module has no types.
  using fresh = project(tarball);
  const contexts = globSync("*/url.js", { cwd: join(fresh.installed, "dist") }).map(dirname);
  assert.ok(contexts.includes("chat"), contexts.join(", "));
  const entries = [".", "./testing", ...contexts.flatMap((name) => [`./${name}`, `./${name}/url`])];
  const only = ["--profile", "esm-only", "--entrypoints", ...entries];
  assert.equal(complaintsOf("attw", tarball, "--no-emoji", ...only), "");
});

test("the module and its glue are within their budget", (t) => {
  using fresh = project(tarball);
  const sizes = ["chat.wasm", "glue.js"].map(
    (name) => brotliCompressSync(readFileSync(join(fresh.installed, "dist/chat", name))).length,
  );
  const size = sizes.reduce((sum, each) => sum + each, 0);
  t.diagnostic(`chat.wasm + glue.js: ${sizes.join(" + ")} = ${size} of ${budget} bytes of brotli`);
  assert.ok(size <= budget, `${size} bytes of brotli; the budget is ${budget}`);
});

test("the tarball holds what runs and its types, no sources and no tests", () => {
  const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  const strange = files.filter(
    (file) => !/^package\/(package\.json|README\.md|LICENSE|dist\/.*\.(js|d\.ts|wasm))$/.test(file),
  );
  assert.deepEqual(strange, []);
});

test("Node 20 runs it, without a bundler", (t) => {
  using fresh = project(tarball, { "main.js": program });
  const node = systemNode();
  t.diagnostic(execFileSync(node, ["--version"], { encoding: "utf8" }).trim());
  assert.equal(execFileSync(node, [fresh.path("main.js")], { encoding: "utf8" }), expected);
});

test("Node 20 runs the test kit", () => {
  using fresh = project(tarball, {
    "kit.test.js": `import { test } from "node:test";
import { given } from "@crowbar/domain/testing";
test("a person registers", () => {
  given([])
    .when({ type: "register_user", data: { name: "Ada" } }, { actor: "ada" })
    .then([{ type: "user_registered", data: { name: "Ada" } }]);
});
`,
  });
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout } = spawnSync(systemNode(), ["--test", fresh.path("kit.test.js")], { encoding: "utf8", env });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /pass 1/);
});

for (const format of ["cjs", "esm"] as const) {
  test(`esbuild makes one ${format} file of it, as for a Lambda function`, async () => {
    using fresh = project(tarball, { "main.js": program });
    const outfile = fresh.path(format === "cjs" ? "bundle.cjs" : "bundle.mjs");
    const { warnings } = await esbuild.build({
      absWorkingDir: fresh.folder,
      entryPoints: ["main.js"],
      bundle: true,
      minify: true,
      platform: "node",
      target: "node20",
      format,
      outfile,
      logLevel: "silent",
    });
    assert.deepEqual(warnings, []);
    assert.equal(execFileSync(systemNode(), [outfile], { encoding: "utf8", cwd: "/" }), expected);
  });
}

test("Vite serves it while one develops", async () => {
  using fresh = project(tarball, { "index.html": html("/main.js"), "main.js": page });
  const server = await vite.createServer({
    root: fresh.folder,
    configFile: false,
    logLevel: "silent",
    server: { host: "127.0.0.1", port: await freePort(), strictPort: true },
  });
  try {
    await server.listen();
    const opened = await open(browser, server.resolvedUrls?.local[0] ?? "");
    assert.equal(await said(opened), expected);
    assert.deepEqual(opened.complaints, []);
    await opened.page.close();
  } finally {
    await server.close();
  }
});

test("Vite builds it, inlined and as a file beside the page", async () => {
  const byUrl = `import { load } from "@crowbar/domain/chat/url";
load().then((chat) => { globalThis.said = chat.hash; }, (error) => { globalThis.said = String(error.stack); });
`;
  for (const [main, says] of [
    [page, expected],
    [byUrl, JSON.parse(expected).hash],
  ]) {
    using fresh = project(tarball, { "index.html": html("/main.js"), "main.js": main });
    await vite.build({ root: fresh.folder, configFile: false, logLevel: "silent" });
    const server = await vite.preview({
      root: fresh.folder,
      configFile: false,
      logLevel: "silent",
      preview: { host: "127.0.0.1", port: 0 },
    });
    try {
      const opened = await open(browser, server.resolvedUrls?.local[0] ?? "");
      assert.equal(await said(opened), says);
      assert.deepEqual(opened.complaints, []);
      await opened.page.close();
    } finally {
      await server.close();
    }
  }
});

test("webpack builds it", async () => {
  using fresh = project(tarball, { "main.js": page });
  const compiler = webpack({
    context: fresh.folder,
    mode: "production",
    entry: "./main.js",
    output: { path: fresh.path("dist"), filename: "bundle.js" },
    performance: false,
  });
  const problems = await new Promise<string>((resolve, reject) =>
    compiler.run((error, stats) => {
      if (error) reject(error);
      else resolve(stats?.hasErrors() || stats?.hasWarnings() ? stats.toString("errors-warnings") : "");
    }),
  );
  assert.equal(problems, "");
  const server = await serve((path) => {
    if (path === "/") return html("/bundle.js");
    return path === "/bundle.js" ? readFileSync(fresh.path("dist/bundle.js")) : undefined;
  });
  try {
    const opened = await open(browser, server.address);
    assert.equal(await said(opened), expected);
    assert.deepEqual(opened.complaints, []);
    await opened.page.close();
  } finally {
    server.close();
  }
});

for (const [module, resolution] of [
  ["esnext", "bundler"],
  ["nodenext", "nodenext"],
]) {
  test(`TypeScript understands it with moduleResolution ${resolution}, declarations checked as well`, () => {
    using fresh = project(tarball, {
      "main.ts": `import { type Command, type Event, load, type Verdict } from "@crowbar/domain/chat";
export async function send(text: string): Promise<Verdict<"channel">> {
  const chat = await load();
  const channel = chat.open("channel", "channel-general");
  const command: Command<"channel"> = {
    id: "00000000-0000-7000-8000-000000000001", stream: channel.stream, type: "send_message", data: { messageId: "m1", text },
  };
  return channel.decide(command, { at: 0, actor: { id: "ada" } });
}
export const textOf = (event: Event): string => (event.type === "message_sent" ? event.data.text : "");
// @ts-expect-error there is no such command
export const wrong: Command = { id: "", stream: "", type: "shout", data: {} };
`,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          strict: true,
          exactOptionalPropertyTypes: true,
          target: "ES2022",
          module,
          moduleResolution: resolution,
          skipLibCheck: false,
          types: [],
          noEmit: true,
        },
        files: ["main.ts"],
      }),
    });
    assert.equal(complaintsOf("tsc", "-p", fresh.folder), "");
  });
}
