import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What is deployed together: the server with its rules, and the app that is built with them. */
export interface Release {
  /** The server as a program. */
  readonly program: string;
  /** The folder of the built app. */
  readonly app: string;
  /** Of the rules. */
  readonly hash: string;
}

interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const serving = join("tests", "web", "serving_process.ts");
const run = promisify(execFile);

/** What lies here, as `npm run build` has left it. */
export const today = (): Release => released(root);

/**
 * The same sources with one rule changed, a text has at most 40 characters, and the whole tool chain's work on them. A patched
 * module would take less than most of a minute, and prove less: its catalog, app and service worker would be today's. What
 * has not changed since is not compiled again: it stays in `build/releases`.
 */
export async function shortTexts(): Promise<Release> {
  const folder = checkout("short-texts", [
    { file: "domain/chat/channel/commands.hpp", from: "longest_text = 4'000", to: "longest_text = 40" },
    // As `npm run generate` would write it.
    { file: "wasm/generated/chat.catalog.ts", from: '"max": 4000', to: '"max": 40' },
  ]);
  await run(process.execPath, [join("wasm", "make.mjs")], { cwd: folder });
  await run(join(root, "node_modules", ".bin", "vite"), ["build"], { cwd: join(folder, "web", "app") });
  return released(folder);
}

/** Today's rules under another hash: with an empty section more, as another tool may leave it. Its app is not built. */
export function sameRules(): Release {
  const folder = checkout("same-rules", []);
  const [from, to] = [join(root, "wasm", "dist"), join(folder, "wasm", "dist")];
  cpSync(from, to, { recursive: true });
  const before = readFileSync(join(from, "chat", "chat.wasm"));
  const module = Buffer.concat([before, Buffer.from([0, 2, 1, 0x79])]);
  writeFileSync(join(to, "chat", "chat.wasm"), module);
  for (const name of ["hash.js", "bytes.js"]) {
    const text = readFileSync(join(to, "chat", name), "utf8");
    const inlined = text.replace(before.toString("base64"), module.toString("base64"));
    writeFileSync(join(to, "chat", name), inlined.replace(hashOf(before), hashOf(module)));
  }
  return { ...released(folder), app: today().app };
}

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function released(folder: string): Release {
  const hash = hashOf(readFileSync(join(folder, "wasm", "dist", "chat", "chat.wasm")));
  return { program: join(folder, serving), app: join(folder, "web", "app", "dist"), hash };
}

/** A checkout beside this one, with the packages that are installed here; this repository's own are those of the checkout. */
function checkout(name: string, changes: readonly Change[]): string {
  const folder = join(root, "build", "releases", name);
  const sources = ["domain", "wasm", "edge", join("web", "client"), join("web", "app"), serving];
  const settings = ["CMakeLists.txt", "CMakePresets.json", "package.json", "tsconfig.base.json", "LICENSE"];
  for (const each of [...sources, "node_modules"]) rmSync(join(folder, each), { recursive: true, force: true });
  // With their times, by which is known what has to be compiled.
  const how = { recursive: true, preserveTimestamps: true, filter: isSource };
  for (const each of [...sources, ...settings]) cpSync(join(root, each), join(folder, each), how);
  for (const { file, from, to } of changes) {
    const text = readFileSync(join(root, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not say ${from} any more.`);
    writeFileSync(join(folder, file), text.replaceAll(from, to));
    const at = Math.max(...[join(root, file), import.meta.filename].map((each) => statSync(each).mtimeMs));
    utimesSync(join(folder, file), at / 1000, at / 1000);
  }
  link("node_modules", folder, (each) => each !== "@crowbar");
  link(join("edge", "node_modules"), folder, () => true);
  const own = { domain: "wasm", edge: "edge", client: join("web", "client"), app: join("web", "app") };
  const scope = join(folder, "node_modules", "@crowbar");
  mkdirSync(scope);
  for (const [each, where] of Object.entries(own)) symlinkSync(join(folder, where), join(scope, each));
  return folder;
}

const isSource = (path: string) => !["dist", "node_modules"].includes(basename(path));

function link(modules: string, folder: string, isLinked: (name: string) => boolean): void {
  mkdirSync(join(folder, modules));
  for (const each of readdirSync(join(root, modules)).filter(isLinked))
    symlinkSync(join(root, modules, each), join(folder, modules, each));
}
