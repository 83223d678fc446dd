import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import type { Case } from "../bench.ts";
import { minifiedContender } from "../bundle.ts";
import { baseline } from "../contender.ts";
import { rowOf } from "../row.ts";

const brotliKb = (bytes: Uint8Array): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length / 1000;

const bundleSize: Case = {
  name: "D size, bundled and minified, brotli",
  async run({ names }) {
    const sizes = new Map<string, number>();
    for (const name of names) sizes.set(name, brotliKb(await minifiedContender(name)));
    return rowOf(this.name, "KB", sizes);
  },
};

const builtFiles = ["chat.wasm", "chat.mjs"].map((file) =>
  fileURLToPath(new URL(`../../../build/wasm/${file}`, import.meta.url)),
);

/** What is served when the module is a file beside its glue, and not text in a bundle. */
const moduleSize: Case = {
  name: "D size, wasm and glue as files, brotli",
  async run() {
    const sizes = new Map<string, number>();
    if (builtFiles.every((file) => existsSync(file)))
      sizes.set(
        "module",
        builtFiles.reduce((sum, file) => sum + brotliKb(readFileSync(file)), 0),
      );
    sizes.set(baseline, brotliKb(await minifiedContender(baseline)));
    return rowOf(this.name, "KB", sizes);
  },
};

export const sizeCases: readonly Case[] = [bundleSize, moduleSize];
