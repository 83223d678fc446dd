// Whether node_modules holds what package-lock.json says. npm keeps its own record of what it installed beside it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The paths where the installed tree (node_modules/.package-lock.json) differs from the lockfile. Optional packages may
 *  be absent: they are those of other platforms. */
export function differences(lockfile, installed) {
  return Object.entries(lockfile.packages)
    .filter(([path]) => path.startsWith("node_modules/") || path.includes("/node_modules/"))
    .filter(([path, wanted]) => {
      const found = installed.packages[path];
      if (found === undefined) return !wanted.optional;
      return found.version !== wanted.version || found.integrity !== wanted.integrity || found.link !== wanted.link;
    })
    .map(([path]) => path);
}

const read = (root, path) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** Also asks the pinned Node to say its version: it comes by an install script, which a setting of npm can hold back. */
export function dependenciesAreCurrent(root) {
  try {
    const changed = differences(read(root, "package-lock.json"), read(root, "node_modules/.package-lock.json"));
    const wanted = `v${read(root, "package.json").devDependencies.node}`;
    const node = spawnSync(join(root, "node_modules/.bin/node"), ["--version"], { encoding: "utf8" });
    return changed.length === 0 && node.stdout?.trim() === wanted;
  } catch {
    return false;
  }
}
