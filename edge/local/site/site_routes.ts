import { type Context, Hono } from "hono";
import type { RequestEnv } from "../../commands/request.ts";
import { respond } from "../../commands/respond.ts";
import { refuse } from "../../outcome/refusal.ts";
import { answerFile, askAgain, forEver } from "./answer_file.ts";
import { documentPaths } from "./app_paths.ts";
import { documentHeaders, fileHeaders } from "./security_headers.ts";
import { isHashed, type Site } from "./site_files.ts";

export interface SiteParts {
  readonly site: Site;
  /** The app's one origin: what it keeps on a device belongs to an origin, and so does who is signed in. */
  readonly origin: string;
}

type Call = Context<RequestEnv>;

/** The app: its document at all of its addresses, its files at theirs. What it does not have, others may. */
export function siteRoutes(parts: SiteParts): Hono<RequestEnv> {
  const { site } = parts;
  const routes = new Hono<RequestEnv>();
  for (const path of documentPaths) routes.get(path, (c) => document(c, parts));
  routes.get("*", async (c, next) => {
    const { path } = c.req;
    const file = path === "/index.html" ? undefined : site.file(path);
    if (file === undefined) return next();
    // A policy of 800 bytes with each part of a page would say nothing new.
    const hashed = isHashed(path);
    addHeaders(c, hashed ? fileHeaders : documentHeaders);
    return answerFile(c, file, hashed ? forEver : askAgain);
  });
  return routes;
}

async function document(c: Call, { site, origin }: SiteParts): Promise<Response> {
  const { host, port } = new URL(origin);
  const asked = c.req.header("host");
  if (asked !== host) {
    // This machine's other name leads there; a name that somebody has made lead here finds nobody at home.
    if (asked !== `localhost:${port}`) return respond(c, refuse("route_not_found", { name: c.req.path }));
    c.header("cache-control", "no-store");
    return c.redirect(origin + c.req.url.slice(new URL(c.req.url).origin.length), 307);
  }
  const file = site.document;
  if (file === undefined) return respond(c, refuse("route_not_found", { name: c.req.path }));
  addHeaders(c, documentHeaders);
  return answerFile(c, file, askAgain);
}

function addHeaders(c: Call, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}
