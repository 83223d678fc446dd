// The packages as they would be published, in a fresh Vite app with React, as somebody has it who has just begun.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import * as vite from "vite";
import { tokenFor } from "../../edge/local/sign_in/walk_sign_in.ts";
import { launch } from "../browser/chromium.ts";
import { watched } from "./person.ts";
import { serving } from "./serving.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tool = (name: string) => join(root, "node_modules", ".bin", name);
const clientBudget = 12 * 1024;

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>fresh</title><script type="module" src="/main.tsx"></script></head>
<body><div id="root"></div></body></html>`;
const tsconfig = {
  compilerOptions: {
    ...{ strict: true, exactOptionalPropertyTypes: true, target: "ES2022", module: "esnext", jsx: "react-jsx" },
    ...{ moduleResolution: "bundler", allowImportingTsExtensions: true, skipLibCheck: false, noEmit: true },
    ...{ types: [], lib: ["ES2023", "DOM", "DOM.Iterable", "ESNext.Disposable"] },
  },
  files: ["main.tsx"],
};

let fresh: string;
let browser: Browser;
before(async () => {
  fresh = mkdtempSync(join(tmpdir(), "crowbar-fresh-"));
  execFileSync(tool("tsc"), ["-p", join(root, "web/client")], { cwd: root });
  for (const [name, folder] of [
    ["domain", "wasm"],
    ["client", "web/client"],
  ] as const)
    install(name, folder);
  // Its dependencies, and what a new Vite app with React has.
  for (const name of ["react", "react-dom", "scheduler", "csstype", "@types/react", "@types/react-dom"]) {
    const link = join(fresh, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
  cpSync(join(root, "tests/web/fresh_app"), fresh, { recursive: true });
  writeFileSync(join(fresh, "index.html"), html);
  writeFileSync(join(fresh, "package.json"), '{"name":"fresh","private":true,"type":"module"}');
  writeFileSync(join(fresh, "tsconfig.json"), JSON.stringify(tsconfig));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(fresh, { recursive: true, force: true });
});

/** Packs a package as it would be published, and unpacks it where the fresh app looks for it. */
function install(name: string, folder: string): void {
  const packed = join(fresh, "packed", name);
  const installed = join(fresh, "node_modules/@crowbar", name);
  for (const each of [packed, installed]) mkdirSync(each, { recursive: true });
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", packed], {
    cwd: join(root, folder),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const tarball = join(packed, readdirSync(packed)[0] ?? "");
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
}

test("its code is understood by TypeScript, declarations and all", () => {
  const { status, stdout } = spawnSync(tool("tsc"), ["-p", fresh], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

test("publint and attw have nothing to say about the client", () => {
  const tarball = join(fresh, "packed/client", readdirSync(join(fresh, "packed/client"))[0] ?? "");
  for (const [name, ...args] of [
    ["publint", "--strict", tarball],
    ["attw", tarball, "--no-emoji", "--profile", "esm-only"],
  ] as const) {
    const { status, stdout, stderr } = spawnSync(tool(name), args, { encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  }
});

test("the client, hooks and all, is at most 12 KB beside the domain", async (t) => {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: 'export { createClient } from "@crowbar/client"; export * from "@crowbar/client/react";',
      resolveDir: fresh,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    external: ["react", "@crowbar/domain", "@crowbar/domain/*"],
    write: false,
    legalComments: "none",
  });
  const size = brotliCompressSync(outputFiles[0]?.contents ?? "").length;
  t.diagnostic(`@crowbar/client with its hooks: ${size} of ${clientBudget} bytes of brotli`);
  assert.ok(size <= clientBudget, `${size} bytes`);
});

test("it is built, and served by the local stack, and does what its ten lines say", { timeout: 120_000 }, async () => {
  await vite.build({
    root: fresh,
    configFile: false,
    logLevel: "silent",
    plugins: [react()],
    build: { target: "es2023" },
  });
  await using server = await serving({ app: join(fresh, "dist") });
  const { accessToken } = await tokenFor("ada", `${server.origin}/auth`);
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  const create = {
    ...{ id: "018df4c1-4800-7000-8000-000000000001", stream: "channel-general", type: "create_channel" },
    data: { name: "general", description: "" },
  };
  const created = await fetch(`${server.origin}/commands`, { method: "POST", headers, body: JSON.stringify(create) });
  assert.equal(created.status, 200);
  const context = await browser.newContext();
  await context.addInitScript((token) => localStorage.setItem("token", token), accessToken);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const broken = watched(page, server.origin);
  const told: string[] = [];
  page.on("dialog", (dialog) => {
    told.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(server.origin);
  const say = async (text: string) => {
    await page.getByLabel("Say").fill(text);
    await page.getByLabel("Say").press("Enter");
  };
  await say("Hello from a fresh app");
  await page.getByRole("listitem").filter({ hasText: "ada: Hello from a fresh app" }).waitFor();
  await page.getByText("0 waiting").waitFor();
  await say("");
  while (told.length === 0) await page.waitForTimeout(20);
  assert.deepEqual(told, ["The text says nothing."]);
  await page.reload();
  await page.getByRole("listitem").filter({ hasText: "ada: Hello from a fresh app" }).waitFor();
  assert.deepEqual(broken, []);
  assert.equal(await server.breaches(), 0);
});

test("the lines that README shows stand in it", () => {
  const main = readFileSync(join(root, "tests/web/fresh_app/main.tsx"), "utf8");
  const [, example] = /\/\/ example\n([\s\S]*?)\/\/ end of example/.exec(main) ?? [];
  assert.ok((example?.trimEnd().split("\n").length ?? 99) <= 24);
});
