import { readFileSync } from "node:fs";

/** What the stack's own page and what it is made of answer. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PageOptions {
  /** Under which the stack is reached: stands in the lines to copy. */
  readonly origin: string;
  /** A new id of a command, for each of those lines. */
  readonly newId: () => string;
}

/** Where the page is: how each part is, and how to try it. */
export const statusPath = "/status";

const files: { readonly [path: string]: readonly [type: string, name: string] } = {
  [statusPath]: ["text/html; charset=utf-8", "index.html"],
  "/page/style.css": ["text/css; charset=utf-8", "style.css"],
  "/page/page.css": ["text/css; charset=utf-8", "page.css"],
  "/page/page.js": ["text/javascript; charset=utf-8", "page.js"],
  "/page/icon.svg": ["image/svg+xml", "icon.svg"],
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Where `crowbar token` looks by itself. */
const usualOrigin = "http://127.0.0.1:8080";

/** The page at `/status`, and the files beside it; undefined where a path is none of them. */
export function page(path: string, { origin, newId }: PageOptions): PageAnswer | undefined {
  const [type, name] = Object.hasOwn(files, path) ? (files[path] ?? []) : [];
  if (type === undefined || name === undefined) return undefined;
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  const token = `npx crowbar token ada${origin === usualOrigin ? "" : ` --url ${origin}`}`;
  const body = text
    .replaceAll("{{origin}}", origin)
    .replaceAll("{{token}}", token)
    .replaceAll("{{id}}", () => newId());
  return {
    status: 200,
    headers: {
      "content-type": type,
      "content-security-policy": policy,
      "cache-control": path === statusPath ? "no-store" : "no-cache",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
    body,
  };
}
