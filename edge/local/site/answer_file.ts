import type { Context } from "hono";
import type { RequestEnv } from "../../commands/request.ts";
import { namesVersion } from "../../views/names_version.ts";
import { acceptsBrotli } from "./accepts_brotli.ts";
import type { StaticFile } from "./static_file.ts";

/** Under a name that has their hash in it, bytes are what they are. */
export const forEver = "public, max-age=31536000, immutable";
/** Asked again each time, with the tag. */
export const askAgain = "no-cache";

/** A file as its reader can take it: in brotli or plain, 304 where they have it already. */
export async function answerFile(c: Context<RequestEnv>, file: StaticFile, cacheControl: string): Promise<Response> {
  const brotli = file.coded && acceptsBrotli(c.req.header("accept-encoding"));
  const { bytes, etag } = await (brotli ? file.brotli() : file.plain());
  c.header("cache-control", cacheControl);
  c.header("etag", etag);
  if (file.coded) c.header("vary", "accept-encoding");
  if (namesVersion(c.req.header("if-none-match"), etag)) return c.body(null, 304);
  c.header("content-type", file.type);
  c.header("content-length", String(bytes.length));
  if (brotli) c.header("content-encoding", "br");
  return c.body(bytes as Uint8Array<ArrayBuffer>);
}
