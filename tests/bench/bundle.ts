// Every contender is bundled as its user would ship it. That also gives each its own copy of the shared rules, so that
// one contender's objects do not make another's call sites polymorphic.

import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { type ContenderName, contenderNames } from "./contender.ts";
import type { Bundles } from "./contenders.ts";
import { compileValidators } from "./rivals/ajv/compile.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const validators: Plugin = {
  name: "validators",
  setup(on) {
    on.onResolve({ filter: /^bench:validators$/ }, ({ path }) => ({ path, namespace: "bench" }));
    on.onLoad({ filter: /.*/, namespace: "bench" }, () => ({ contents: compileValidators(), loader: "js" }));
  },
};

const entryOf = (name: ContenderName): string =>
  here(name === "module" ? "rivals/module.ts" : `rivals/${name}/contender.ts`);

type Input = { readonly entryPoints: string[] } | { readonly stdin: { contents: string; resolveDir: string } };

type How = { readonly platform: "node" | "browser"; readonly minify: boolean };

const bundle = async (input: Input, file: string, how: How): Promise<string> => {
  await mkdir(here("dist"), { recursive: true });
  const outfile = here(`dist/${file}`);
  await build({
    ...input,
    outfile,
    bundle: true,
    ...how,
    format: "esm",
    // ES modules before CommonJS, which cannot be shaken.
    mainFields: ["module", "main"],
    target: "es2024",
    plugins: [validators],
    logLevel: "silent",
  });
  return outfile;
};

const bundleContender = (name: ContenderName): Promise<string> =>
  bundle({ entryPoints: [entryOf(name)] }, `${name}.mjs`, { platform: "node", minify: false });

/** A program that opens a contender, folds the file it is given and decides once. */
export const bundleStart = (name: ContenderName): Promise<string> => {
  const contents = `import { open } from ${JSON.stringify(entryOf(name))};
import { startWith } from "./children/start.ts";
export const start = startWith(open);`;
  return bundle({ stdin: { contents, resolveDir: here(".") } }, `start-${name}.mjs`, {
    platform: "node",
    minify: true,
  });
};

/** The bytes of what a page would load: the contender, minified. */
export const minifiedContender = async (name: ContenderName): Promise<Uint8Array> =>
  readFile(await bundle({ entryPoints: [entryOf(name)] }, `${name}.min.mjs`, { platform: "browser", minify: true }));

/** Bundles every contender that can be; the module is left out, aloud, until it is built. */
export const bundleContenders = async (say: (line: string) => void): Promise<Bundles> => {
  const bundles = new Map<ContenderName, string>();
  for (const name of contenderNames) {
    try {
      bundles.set(name, await bundleContender(name));
    } catch (error) {
      if (name !== "module") throw error;
      say(`module: left out, it does not bundle (${String(error).split("\n")[1] ?? error})`);
    }
  }
  return bundles;
};
