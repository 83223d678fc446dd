import { type Context, Hono } from "hono";
import type { Verifier } from "../auth/verifier.ts";
import type { Ids } from "../context/ids.ts";
import type { Domain } from "../domain.ts";
import { refuse } from "../outcome/refusal.ts";
import type { RequestEnv } from "./request.ts";
import { respond } from "./respond.ts";
import { type CommandRoutes, commandRoutes, domainHeader, wrongMethod } from "./routes.ts";
import { signedIn } from "./signed_in.ts";

export interface AppParts extends CommandRoutes {
  readonly verifier: Verifier;
  readonly ids: Ids;
  /** The hash of the module before today's, where clients of it are still served. */
  readonly previous?: string;
  /** Further routes behind the same door: views, positions. */
  readonly routes: readonly Hono<RequestEnv>[];
  /** Is told every error that nobody has foreseen. */
  readonly report: (defect: unknown, requestId: string) => void;
  /** Is told what is known of each request when it is answered. */
  readonly onAnswered?: (answered: AnsweredRequest) => void;
}

/** A request as it was understood: for a log, which never has more of it than this. */
export interface AnsweredRequest {
  readonly requestId: string;
  readonly actor?: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly about?: RequestEnv["Variables"]["about"];
}

/** The commands function: everything that stands behind the edge. It trusts nothing that was checked there. */
export function commandsApp(parts: AppParts): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.use(async (c, next) => {
    const requestId = acceptable(c.req.header("x-request-id")) ?? parts.ids.request();
    c.set("requestId", requestId);
    await next();
    c.header("x-request-id", requestId);
    c.header("x-content-type-options", "nosniff");
    c.header(domainHeader, parts.domain.hash);
    // What says nothing of it, a cache between would keep for a day, and give to whoever asks next.
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
    parts.onAnswered?.(answered(c));
  });
  app.get("/.well-known/domain", (c) => {
    c.header("cache-control", "no-cache");
    return c.json(served(parts.domain, parts.previous));
  });
  app.all("/.well-known/domain", (c) => wrongMethod(c, "GET"));
  const door = signedIn(parts.verifier);
  for (const path of ["/commands", "/streams/*", "/views/*", "/positions"]) app.use(path, door);
  for (const routes of [commandRoutes(parts), ...parts.routes]) app.route("/", routes);
  app.notFound((c) => respond(c, refuse("route_not_found", { name: c.req.path })));
  app.onError((error, c) => {
    parts.report(error, c.get("requestId"));
    return respond(c, refuse("defect"));
  });
  return app;
}

function answered(c: Context<RequestEnv>): AnsweredRequest {
  const { requestId, actor, code, cause, about } = c.var as Partial<RequestEnv["Variables"]>;
  return {
    requestId: requestId ?? "",
    ...(actor !== undefined && { actor: actor.id }),
    ...(code !== undefined && { code }),
    ...(cause !== undefined && { cause }),
    ...(about !== undefined && { about }),
  };
}

/** Which rules are served: today's, and those before, which some clients still have. */
function served(domain: Domain, previous: string | undefined) {
  return { current: domain.hash, ...(previous !== undefined && { previous }) };
}

/** An id that the edge has given, if it looks like one. */
function acceptable(id: string | undefined): string | undefined {
  return id !== undefined && /^[\w-]{8,64}$/.test(id) ? id : undefined;
}
