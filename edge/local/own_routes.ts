import { Hono } from "hono";
import type { RequestEnv } from "../commands/request.ts";
import { respond } from "../commands/respond.ts";
import { metricsType } from "../observe/metrics.ts";
import type { Observe } from "../observe/observe.ts";
import { refuse } from "../outcome/refusal.ts";
import { type Health, healthStatus } from "./page/health.ts";
import { page, statusPath } from "./page/page.ts";

export interface OwnParts {
  readonly origin: string;
  readonly newId: () => string;
  readonly health: () => Promise<Health>;
  readonly observe: Observe;
}

/** What only the local stack has, for whoever runs it: its page, its health, its figures, its last traces. */
export function ownRoutes(parts: OwnParts): Hono<RequestEnv> {
  const routes = new Hono<RequestEnv>();
  const { port } = new URL(parts.origin);
  const own = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  // A page from elsewhere that has had its name resolved to this machine asks under that name (DNS rebinding).
  for (const path of ["/health", "/metrics", "/traces"] as const) {
    routes.use(path, async (c, next) => {
      if (own.has(c.req.header("host") ?? "")) return next();
      return respond(c, refuse("route_not_found", { name: path }));
    });
  }
  const pages = (path: string) => {
    const answer = page(path, parts);
    return answer && new Response(answer.body, answer);
  };
  for (const path of [statusPath, "/page/*"] as const) {
    routes.get(path, async (c, next) => pages(c.req.path) ?? (await next()));
  }
  // Where the app is not built, there is nothing else to show.
  routes.get("/", async (_c, next) => pages(statusPath) ?? (await next()));
  routes.get("/health", async (c) => {
    const health = await parts.health();
    c.header("cache-control", "no-store");
    return c.json(health, healthStatus(health.state));
  });
  routes.get("/metrics", async (c) => {
    c.header("content-type", metricsType);
    return c.body(await parts.observe.metrics.text());
  });
  routes.get("/traces", (c) => c.json(parts.observe.traces.recent()));
  return routes;
}
