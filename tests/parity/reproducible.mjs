// `npm run reproducible`: two clean builds of the modules in two folders give the same bytes. The hash of a module stands
// in every event that it decides; one that depended on where it was built would be nobody's.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = (folder, command, ...args) =>
  execFileSync(command, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 });

/** The files that are committed, or would be. */
function sources() {
  const listed = run(root, "git", "ls-files", "-co", "--exclude-standard", "-z").toString();
  const there = new Set(listed.split("\0").filter((path) => /^(CMake|wasm\/|domain\/|package)/.test(path)));
  for (const path of run(root, "git", "ls-files", "-d", "-z").toString().split("\0")) there.delete(path);
  return [...there];
}

/** Builds every module in a copy of the sources in `folder`; answers each file's name and hash. */
function build(folder) {
  for (const path of sources()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  run(folder, "cmake", "--preset", "wasm");
  run(folder, "cmake", "--build", "--preset", "wasm");
  const built = join(folder, "build", "wasm");
  const names = readdirSync(built).filter((name) => /\.(wasm|mjs)$/.test(name));
  return new Map(
    names.sort().map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(built, name)))
        .digest("hex"),
    ]),
  );
}

const scratch = mkdtempSync(join(tmpdir(), "crowbar-"));
let failed = 0;
let passed = 0;
try {
  const builds = ["here", "somewhere-else/with a longer name"].map((name) => {
    console.log(`building in …/${name}`);
    const folder = join(scratch, name);
    mkdirSync(folder, { recursive: true });
    return build(folder);
  });
  const [first, second] = builds;
  for (const name of new Set([...first.keys(), ...second.keys()])) {
    const same = first.get(name) === second.get(name);
    console.log(`${same ? "✓" : "✗"} ${name} ${first.get(name)}${same ? "" : ` and ${second.get(name)}`}`);
    if (same) passed += 1;
    else failed += 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
