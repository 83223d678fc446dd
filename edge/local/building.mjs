// What `npm start` builds before it starts, and whether that is to be done. It runs on the system's Node 20, so it imports
// nothing but Node.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../../tests/run/execute.mjs";

/** The module is made by CMake, which knows by itself what is out of date. */
export const moduleStep = { name: "module", command: "npm run build", title: "module and package" };

const app = {
  step: { name: "app", command: "npm run build -w @crowbar/app", title: "the chat" },
  made: "web/app/dist/index.html",
  from: ["web/app", "web/client", "wasm/dist", "package-lock.json", "tsconfig.base.json"],
};
const stamp = join(root, "build", "stamps", "app");
const passedBy = new Set(["node_modules", "dist", "dev-dist"]);

/** Every file below `path`, in an order of its own; what was made or installed there is passed by. */
function* filesOf(path, top = true) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (top && passedBy.has(entry.name)) continue;
    const within = join(path, entry.name);
    if (entry.isDirectory()) yield* filesOf(within, false);
    else if (entry.isFile()) yield within;
  }
}

/** One text for all that the app is made of: by content, since a checkout makes files that are new and not other ones. */
export function contentOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.map((each) => join(root, each))) {
    if (!existsSync(path)) continue;
    const files = path.endsWith(".json") ? [path] : filesOf(path);
    for (const file of files)
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update("\0");
  }
  return hash.digest("hex");
}

/** The step that builds the app, where it is not built of what there is now; undefined where there is nothing to do. */
export function appStep() {
  const content = contentOf(app.from);
  const known = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  return known === content && existsSync(join(root, app.made)) ? undefined : app.step;
}

/** Remembers of what the app was built. */
export function appIsBuilt() {
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, contentOf(app.from));
}
