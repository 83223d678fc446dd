import { type Context, Hono } from "hono";
import type { Commands } from "../commands/commands.ts";
import type { RequestEnv } from "../commands/request.ts";
import { respond } from "../commands/respond.ts";
import { wrongMethod } from "../commands/routes.ts";
import type { Catalog } from "../domain.ts";
import { refuse } from "../outcome/refusal.ts";
import { type KnownView, knownViews } from "./known_views.ts";
import { mayNotRead } from "./may_not_read.ts";
import { namesVersion } from "./names_version.ts";
import { keyInAddress, versionedAddress } from "./view_address.ts";
import { type StoredView, type ViewStore, ViewsUnavailable } from "./view_store.ts";

export interface ViewParts {
  readonly views: Pick<ViewStore, "read">;
  readonly commands: Pick<Commands, "admits">;
  readonly catalog: Catalog;
}

type Call = Context<RequestEnv>;

/** Asked again each time, with the tag: what was said may still be edited, and who may read it may change. */
const askAgain = "private, no-cache";
/** Under an address that names the version of its bytes, they are what they are. */
const forEver = "private, max-age=31536000, immutable";
const version = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * `GET /views/<key>.json`, behind `signedIn`: a view as it is now, to be asked for again by its ETag. With `?etag=` and that tag
 * without its quotes, the answer is good for ever; where the view has moved on, it sends to the address without.
 */
export function viewRoutes(parts: ViewParts): Hono<RequestEnv> {
  const known = knownViews(parts.catalog);
  const routes = new Hono<RequestEnv>();
  routes.get("/views/*", async (c) => {
    const key = keyInAddress(c.req.url);
    if (key === undefined) return respond(c, refuse("path_malformed"));
    const view = known(key);
    if (view === undefined) return respond(c, refuse("view_not_found", { name: key }));
    const asked = c.req.queries("etag")?.join();
    if (asked !== undefined && !version.test(asked)) {
      const expected = "the version of a view, as in its ETag";
      return respond(c, refuse("query_malformed", { name: "etag", expected, actual: asked.slice(0, 40) }));
    }
    return answered(c, parts, view, asked);
  });
  routes.all("/views/*", (c) => wrongMethod(c, "GET, HEAD"));
  return routes;
}

async function answered(c: Call, parts: ViewParts, known: KnownView, asked?: string): Promise<Response> {
  try {
    // First whether they may, so that nobody else learns what is there.
    const no = await mayNotRead(known, c.get("actor"), parts.commands);
    if (no !== undefined) return respond(c, no);
    const stored = await parts.views.read(known.key);
    if (stored === undefined) return respond(c, refuse("view_not_found", { name: known.key }));
    return withView(c, known.key, stored, asked);
  } catch (error) {
    if (!(error instanceof ViewsUnavailable)) throw error;
    c.set("cause", error);
    return respond(c, refuse("views_unavailable", { seconds: 1 }));
  }
}

function withView(c: Call, key: string, { bytes, etag }: StoredView, asked?: string): Response {
  if (asked !== undefined && `"${asked}"` !== etag) {
    c.header("cache-control", "no-store");
    return c.redirect(`/views/${key}.json`, 307);
  }
  c.header("etag", etag);
  c.header("cache-control", asked === undefined ? askAgain : forEver);
  c.header("content-location", versionedAddress(key, etag));
  if (namesVersion(c.req.header("if-none-match"), etag)) return c.body(null, 304);
  c.header("content-type", "application/json");
  c.header("content-length", String(bytes.length));
  c.header("x-content-type-options", "nosniff");
  return c.body(bytes as Uint8Array<ArrayBuffer>);
}
