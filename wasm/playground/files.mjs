// What the playground's server answers: the page, and the built package under the name by which it is imported.
import { readFile } from "node:fs/promises";
import { extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "..", "dist");
const pages = new Map([
  ["/", "index.html"],
  ["/style.css", "style.css"],
  ["/icon.svg", "icon.svg"],
  ...["playground", "describe", "form", "store", "show"].map((name) => [`/${name}.js`, `${name}.js`]),
]);
const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

const headers = {
  // As strict as the module allows: no inline script or style, no eval, no request to anybody else.
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // An isolated page is given a clock of 5 µs in place of 100: a decision takes a few.
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** The file that a path names, or undefined. `posix.normalize` of an absolute path never leads out of its root. */
function fileOf(path) {
  if (pages.has(path)) return join(here, pages.get(path));
  const normal = posix.normalize(path);
  return normal.startsWith("/domain/") && normal.endsWith(".js")
    ? join(dist, normal.slice("/domain".length))
    : undefined;
}

/** Where `@crowbar/domain/<entry>` lies, as the package's `exports` say: a page without a bundler cannot look there. */
function entry(path) {
  const wanted = /^\/@crowbar\/domain\/([a-z]+)$/.exec(path);
  if (!wanted) return undefined;
  const file = fileURLToPath(import.meta.resolve(`@crowbar/domain/${wanted[1]}`));
  return `/domain/${posix.relative(dist, file)}`;
}

export async function answer(request, response) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== "GET" && request.method !== "HEAD") {
    return response.writeHead(405, { allow: "GET, HEAD" }).end();
  }
  try {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    const location = entry(path);
    if (location) return response.writeHead(302, { location }).end();
    const file = fileOf(path);
    const body = file && (await readFile(file).catch(() => undefined));
    if (!body) return response.writeHead(404, { "content-type": "text/plain" }).end("Nothing is here.\n");
    response.writeHead(200, { "content-type": types[extname(file)] }).end(request.method === "HEAD" ? undefined : body);
  } catch {
    response.writeHead(400, { "content-type": "text/plain" }).end("This is no path.\n");
  }
}
