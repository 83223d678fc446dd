// The packed package, and fresh projects that have nothing but it.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packs wasm/ as it would be published; answers the tarball. Files of tests run side by side: each has its own folder. */
export function pack(name: string): string {
  const folder = join(root, "build", "package", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
    cwd: join(root, "wasm"),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [tarball, ...others] = readdirSync(folder);
  if (tarball === undefined || others.length > 0) throw new Error("npm pack makes one tarball");
  return join(folder, tarball);
}

/** A project outside of this repository: the package unpacked from its tarball, consumer.js and `files`. */
export function project(tarball: string, files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "crowbar-project-"));
  const installed = join(folder, "node_modules", "@crowbar", "domain");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
  copyFileSync(new URL("consumer.js", import.meta.url), join(folder, "consumer.js"));
  const all = { "package.json": '{"name":"fresh","private":true,"type":"module"}', ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return {
    folder,
    installed,
    path: (name: string) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The program `name` of this repository's own tools. */
export const tool = (name: string) => join(root, "node_modules", ".bin", name);

/** The system's Node (20 or newer), not the one that npm brought and that runs the tests. */
export function systemNode(): string {
  const paths = (process.env.PATH ?? "").split(delimiter).filter((path) => !path.includes("node_modules"));
  for (const path of [...paths, "/usr/bin"]) {
    try {
      execFileSync(join(path, "node"), ["--version"]);
      return join(path, "node");
    } catch {
      // none there
    }
  }
  return process.execPath;
}
