import { createMiddleware } from "hono/factory";
import type { RequestEnv } from "../commands/request.ts";
import type { RequestSeen } from "./lines.ts";
import type { Observe } from "./observe.ts";
import { routeOf } from "./route.ts";

/** What whoever serves a request may note for its line, beside what `RequestEnv` has. */
interface Noted {
  readonly Variables: RequestEnv["Variables"] & Pick<RequestSeen, "stream" | "commandId" | "commands">;
}

/** Observes requests: behind what gives them their id, in front of everything else. */
export const observedRequests = (observe: Observe) =>
  createMiddleware<Noted>(async (c, next) => {
    const from = performance.now();
    const { method, path } = c.req;
    const route = routeOf(path);
    const span = observe.traces.begin(`${method} ${route}`, c.req.header("traceparent"));
    await observe.traces.within(span, next);
    const noted = { code: c.get("code"), stream: c.get("stream"), commandId: c.get("commandId") };
    const others = { commands: c.get("commands"), actor: c.get("actor")?.id };
    const ms = performance.now() - from;
    const seen = { requestId: c.get("requestId"), method, route, status: c.res.status, ms };
    observe.request({ ...seen, ...present({ ...noted, ...others }) }, span);
  });

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
