// A place that serves views over HTTP, and its answers.
import assert from "node:assert/strict";
import { loadSync } from "@crowbar/domain/chat";
import { Hono } from "hono";
import type { RequestEnv } from "../../../edge/commands/request.ts";
import type { Refusal } from "../../../edge/outcome/refusal.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { viewRoutes } from "../../../edge/views/routes.ts";
import type { StoredView } from "../../../edge/views/view_store.ts";
import { overview, put } from "./views.ts";

const catalog = loadSync().describe();
/** A view of what was said in general. */
export const page = "messages/general/1";

/** A place whose one channel, general, has ada as its member. */
export async function place() {
  const views = new MemoryViews();
  const etag = await put(views, overview, "an overview");
  const pageTag = await put(views, page, "what was said");
  let read = (key: string): Promise<StoredView | undefined> => views.read(key);
  let admits = async (stream: string, { id }: { readonly id: string }): Promise<boolean | Refusal> =>
    stream === "channel-general" && id === "ada";
  const causes: unknown[] = [];
  const app = new Hono<RequestEnv>();
  app.use(async (c, next) => {
    c.set("requestId", "request-1");
    c.set("actor", { id: c.req.header("x-actor") ?? "ada" });
    await next();
    if (c.get("cause") !== undefined) causes.push(c.get("cause"));
  });
  app.route(
    "/",
    viewRoutes({
      views: { read: (key) => read(key) },
      commands: { admits: (stream, actor) => admits(stream, actor) },
      catalog,
    }),
  );
  return {
    app,
    views,
    etag,
    pageTag,
    causes,
    get: (path: string, headers: Record<string, string> = {}, method = "GET") =>
      Promise.resolve(app.request(path, { method, headers })),
    readBy: (other: typeof read) => {
      read = other;
    },
    admitBy: (other: typeof admits) => {
      admits = other;
    },
  };
}

/** The code of an error answer. */
export async function codeOf(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { code: string; requestId: string } };
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(error.requestId, "request-1");
  return error.code;
}
