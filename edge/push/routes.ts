import { type Context, Hono } from "hono";
import type { Commands } from "../commands/commands.ts";
import type { RequestEnv } from "../commands/request.ts";
import { respond } from "../commands/respond.ts";
import { wrongMethod } from "../commands/routes.ts";
import type { Clock } from "../context/clock.ts";
import type { Catalog } from "../domain.ts";
import { refuse } from "../outcome/refusal.ts";
import { knownViews } from "../views/known_views.ts";
import { positionStream } from "./position_stream.ts";
import type { Push } from "./push.ts";

export interface PositionParts {
  readonly push: Push;
  readonly commands: Pick<Commands, "admits">;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** How long somebody who has heard everything is left in peace; 50 ms if nothing is said. */
  readonly paceMs?: number;
  /** Aborted when this place closes down: every stream ends then. */
  readonly stopping: AbortSignal;
}

/** Streams of one person at once: tabs and devices. */
const mostStreams = 16;

/**
 * `GET /positions`, behind `signedIn`: server-sent events, `position` (`{view, etag, checkpoint?}`) for each view that has a new
 * version, `missed` where some are forgotten. Resumes from the header Last-Event-ID.
 */
export function positionRoutes(parts: PositionParts): Hono<RequestEnv> {
  const known = knownViews(parts.catalog);
  const open = new Map<string, number>();
  const count = (person: string, change: number) => {
    const streams = (open.get(person) ?? 0) + change;
    if (streams === 0) open.delete(person);
    else open.set(person, streams);
  };
  const routes = new Hono<RequestEnv>();
  routes.get("/positions", (c) => {
    // Hono serves HEAD with GET's handler; nobody would ever read that stream.
    if (c.req.method !== "GET") return wrongMethod(c, "GET");
    const actor = c.get("actor");
    if (parts.stopping.aborted) return respond(c, refuse("stopping", { seconds: 2 }));
    if ((open.get(actor.id) ?? 0) >= mostStreams) {
      return respond(c, refuse("too_many_streams", { actor: actor.id, limit: mostStreams, seconds: 5 }));
    }
    count(actor.id, 1);
    const end = endOf(c, parts.stopping, () => count(actor.id, -1));
    c.header("content-type", "text/event-stream");
    c.header("cache-control", "no-store");
    c.header("x-accel-buffering", "no");
    c.header("x-content-type-options", "nosniff");
    const lastEventId = c.req.header("last-event-id");
    return c.body(positionStream({ paceMs: 50, ...parts, known, actor, lastEventId, end }));
  });
  routes.all("/positions", (c) => wrongMethod(c, "GET"));
  return routes;
}

/** Ends with the connection or the place, whichever ends first; `ended` is called once. */
function endOf(c: Context<RequestEnv>, stopping: AbortSignal, ended: () => void): AbortController {
  const end = new AbortController();
  const connection = c.req.raw.signal;
  const abort = () => end.abort();
  stopping.addEventListener("abort", abort);
  connection.addEventListener("abort", abort);
  end.signal.addEventListener("abort", () => {
    stopping.removeEventListener("abort", abort);
    connection.removeEventListener("abort", abort);
    ended();
  });
  if (connection.aborted) abort();
  return end;
}
