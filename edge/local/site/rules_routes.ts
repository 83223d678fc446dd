import { join } from "node:path";
import { Hono } from "hono";
import type { RequestEnv } from "../../commands/request.ts";
import { answerFile, forEver } from "./answer_file.ts";
import { fileHeaders } from "./security_headers.ts";
import { siteFiles } from "./site_files.ts";

/**
 * `GET /rules/<hash>/<file of the package>`: the rules that are served, and those before them, for a page that was loaded
 * with others: `import("/rules/<hash>/chat/index.js")`. Their hash is in their address, so they are good for ever.
 */
export function rulesRoutes(folder: string, hashes: readonly string[]): Hono<RequestEnv> {
  const kept = new Map(hashes.map((hash) => [hash, siteFiles(join(folder, hash), () => true)]));
  const routes = new Hono<RequestEnv>();
  routes.get("/rules/:hash/*", async (c, next) => {
    const hash = c.req.param("hash");
    const file = kept.get(hash)?.get(c.req.path.slice(`/rules/${hash}`.length));
    if (file === undefined) return next();
    for (const [name, value] of Object.entries(fileHeaders)) c.header(name, value);
    return answerFile(c, file, forEver);
  });
  return routes;
}
