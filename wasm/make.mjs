// Makes the package from the module: `npm run build`. Each context that CMake built becomes dist/<context>/ with the
// module inlined (index), fetched (url) and imported (workerd); the facade is compiled beside it. The `exports` of
// package.json are patterns over these folders, so that a new context is published without an edit; "./src" is closed
// because "./*" would open it a second time, beside ".".
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const built = join(root, "build", "wasm");
const dist = join(here, "dist");
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });

run("cmake", "--preset", "wasm", "--log-level=WARNING");
run("cmake", "--build", "--preset", "wasm");
rmSync(dist, { recursive: true, force: true });
run("npx", "tsc", "-p", "wasm");

copyFileSync(join(root, "LICENSE"), join(here, "LICENSE")); // npm packs the one that lies beside package.json
const contexts = readdirSync(built)
  .filter((name) => name.endsWith(".wasm"))
  .map((name) => name.slice(0, -".wasm".length))
  .sort();

for (const context of contexts) {
  const folder = join(dist, context);
  mkdirSync(folder, { recursive: true });
  const module = readFileSync(join(built, `${context}.wasm`));
  const hash = createHash("sha256").update(module).digest("hex");
  copyFileSync(join(built, `${context}.wasm`), join(folder, `${context}.wasm`));
  const write = (name, text) => writeFileSync(join(folder, name), text);

  // The glue finds no file by itself: the bytes are always handed in. Left as it is, bundlers would go and look for one.
  const glue = readFileSync(join(built, `${context}.mjs`), "utf8")
    .replace(`(new URL("${context}.wasm",import.meta.url)).toString()`, '""')
    .replace("import.meta.url", '""');
  if (glue.includes("import.meta")) throw new Error(`the glue of ${context} still asks where it is`);
  write("glue.js", glue);
  write(
    "bytes.js",
    `const base64 = "${module.toString("base64")}";
export const hash = "${hash}";
export function bytes() {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  // By name of the global object, so that no bundler brings a Buffer of its own.
  if (globalThis.Buffer) return globalThis.Buffer.from(base64, "base64");
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}
`,
  );
  const entry = (source, from) => `${from}import createModule from "./glue.js";
import { catalog } from "../generated/${context}.catalog.js";
import { objects } from "../generated/${context}.objects.js";
import { loaders } from "../src/load.js";
export { CoreUnavailable, CrowbarError } from "../src/errors.js";
export const { load, loadSync } = loaders({ createModule, hash, catalog, objects, source: ${source} });
`;
  write("index.js", entry("bytes", 'import { bytes, hash } from "./bytes.js";\n'));
  const url = `() => new URL("./${context}.wasm", import.meta.url)`;
  write("hash.js", `export const hash = "${hash}";\n`);
  write("url.js", entry(url, 'import { hash } from "./hash.js";\n'));
  const imported = `import module from "./${context}.wasm";\nimport { hash } from "./hash.js";\n`;
  write("workerd.js", entry("() => module", imported));

  const types = `import type { Commands, Events, Facts, Rejections, Views } from "../generated/${context}.js";
import type { loaders } from "../src/load.js";
import type * as Kernel from "../src/types.js";
export * from "../src/index.js";
export type { Commands, Events, Facts, Rejections, ViewKey, Views } from "../generated/${context}.js";
/** The records of this context, for the generic types of the package. */
export interface Types extends Kernel.ContextTypes {
  readonly commands: Commands;
  readonly events: Events;
  readonly rejections: Rejections;
  readonly facts: Facts;
  readonly views: Views;
}
export type Command<A extends Kernel.AggregateName<Types> = Kernel.AggregateName<Types>> = Kernel.Command<Types, A>;
export type Event<A extends Kernel.AggregateName<Types> = Kernel.AggregateName<Types>> = Kernel.Event<Types, A>;
export type Verdict<A extends Kernel.AggregateName<Types> = Kernel.AggregateName<Types>> = Kernel.Verdict<Types, A>;
declare const entry: ReturnType<typeof loaders<Types>>;
export declare const load: typeof entry.load;
export declare const loadSync: typeof entry.loadSync;
`;
  write("index.d.ts", types);
  write("url.d.ts", types);
  console.log(`${context}: sha-256 ${hash}, ${module.length} bytes`);
}

// The test kit is the package's, over all of its contexts: a command's type says which one is meant.
const each = (line) => contexts.map(line).join("");
writeFileSync(
  join(dist, "testing.js"),
  `${each((context) => `import { loadSync as ${context} } from "./${context}/index.js";\n`)}import { kit } from "./src/testing.js";
export { noon } from "./src/testing.js";
export const { given } = kit([${contexts.join(", ")}]);
`,
);
writeFileSync(
  join(dist, "testing.d.ts"),
  `${each((context) => `import type { Types as ${context} } from "./${context}/index.js";\n`)}import type { Given } from "./src/testing.js";
export { noon } from "./src/testing.js";
export type { Outcome, ShortActor } from "./src/testing.js";
export declare const given: Given<${contexts.join(" | ")}>;
`,
);
