import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes of all of it, hooks included, beside the domain and React. */
const most = 12 * 1024;

test("the whole client fits its budget", async (t) => {
  const resolveDir = fileURLToPath(new URL("../../web/client/src", import.meta.url));
  const contents = 'export * from "./index.ts"; export * from "./react/index.ts";';
  const built = await build({
    stdin: { contents, resolveDir, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: ["react", "@crowbar/domain"],
    write: false,
  });
  const size = brotliCompressSync(built.outputFiles[0]?.contents ?? "").length;
  t.diagnostic(`${size} bytes of ${most}, minified and in brotli`);
  assert.ok(size <= most, `${size} bytes are more than ${most}`);
});
