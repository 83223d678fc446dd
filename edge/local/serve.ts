import { join } from "node:path";
import { AccessTokens } from "../auth/access_tokens.ts";
import { IssuerKeys } from "../auth/issuer_keys.ts";
import { type Control, serveControl } from "../cli/control_server.ts";
import { operations } from "../cli/operations/operations.ts";
import { type AnsweredRequest, commandsApp } from "../commands/app.ts";
import { lambdaHandler } from "../commands/lambda.ts";
import { type Allowance, Rate } from "../commands/rate.ts";
import { SystemClock } from "../context/system_clock.ts";
import { SystemIds } from "../context/system_ids.ts";
import type { Log } from "../observe/log.ts";
import { Observe } from "../observe/observe.ts";
import { positionRoutes } from "../push/routes.ts";
import { StoreUnavailable } from "../store/event_store.ts";
import { type Passage, viewer } from "../viewer/handler.ts";
import { NearStore } from "../viewer/near_store.ts";
import { viewRoutes } from "../views/routes.ts";
import { createServer } from "./cloudfront/create_server.ts";
import { functionUrl, httpResponseStream } from "./cloudfront/function_url.ts";
import { freePort } from "./free_port.ts";
import { healthOf } from "./health_of.ts";
import { openStack } from "./open_stack.ts";
import { ownRoutes } from "./own_routes.ts";
import { statusPath } from "./page/page.ts";
import { RequestsTold } from "./requests_told.ts";
import type { Served, ServeOptions } from "./served.ts";
import { clientId } from "./sign_in/client.ts";
import { signIn } from "./sign_in/sign_in.ts";
import { openSite } from "./site/open_site.ts";

/** Only this machine reaches it: signing in takes no more than a name. */
const host = "127.0.0.1";
/** Far beyond what a person does, and below what hurts others. */
const usual: Allowance = { perSecond: 100, burst: 500 };
const publicPaths = ["/", "/.well-known/domain", "/health", "/metrics", "/traces", statusPath, "/page/*"];

/**
 * Opens the pipeline on a folder and serves it: CloudFront's limits in front of the function at the edge, and that one in
 * front of the commands function, the views and the positions; sign-in beside them, as it is in the cloud.
 *
 * @throws StoreUnavailable `busy` where another process has the folder; the system's `EADDRINUSE` where the port is taken.
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { data, allowance = usual, limits, log = silent, onDiskFailed = () => {} } = options;
  const clock = new SystemClock();
  const ids = new SystemIds(clock);
  const port = await freePort(options.port, host);
  const origin = `http://${host}:${port}`;
  const issuer = `${origin}/auth`;
  const since = clock.now();
  const observe = new Observe({ clock, log });
  const report = (error: unknown, requestId?: string) => {
    if (requestId !== undefined) observe.defect(requestId, error);
    else observe.trouble({ part: "server", what: "failed", error });
    if (error instanceof StoreUnavailable && error.reason === "io") onDiskFailed(error);
  };
  const stack = await openStack({ data, clock, ids, observe, report });
  const { domain, store, views, queue, push, commands, previous } = stack;
  const told = new RequestsTold(observe, ids);
  const catalog = domain.describe();
  const keys = new IssuerKeys({ clock, issuer, onFailure: report });
  const verifier = new AccessTokens({ keys, clock, issuer, clientId, check: (json) => domain.check(json) });
  const stopping = new AbortController();
  const people = await signIn({
    issuer,
    folder: join(data, "sign-in"),
    clock,
    ...(options.lifetimes !== undefined && { lifetimes: options.lifetimes }),
    onError: report,
  });
  const hashes = [domain.hash, ...(previous === undefined ? [] : [previous])];
  const site = openSite({ app: options.app, origin, data, hashes, observe, clock });
  const app = commandsApp({
    commands,
    domain,
    verifier,
    ids,
    rate: new Rate(clock, allowance),
    ...(previous !== undefined && { previous }),
    routes: [
      viewRoutes({ views, commands, catalog }),
      positionRoutes({ push, commands, catalog, clock, stopping: stopping.signal }),
      ...site.routes,
      ownRoutes({
        origin,
        newId: () => ids.request(),
        health: () => healthOf({ stack, since, people: () => people.people }),
        observe,
      }),
    ],
    report,
    onAnswered: (answered) => told.add(answered),
  });
  const edge = viewer({
    domain,
    verifier,
    clock,
    ids,
    policy: { origins: [origin, `http://localhost:${port}`], publicPaths: [...publicPaths, ...site.publicPaths] },
    near: new NearStore(store, domain.hash),
    onPassage: (passage) => told.add(passed(passage)),
    report,
  });
  const server = createServer({
    viewer: edge,
    origin: options.asDeployed ? functionUrl(lambdaHandler(app, httpResponseStream)) : (request) => app.fetch(request),
    beside: (path) => (path.startsWith("/auth/") ? people.handler : site.beside(path)),
    ids,
    report,
    onRefused: ({ code }, requestId) => told.add({ requestId, code }),
    around: (request, response, work) => told.around(request, response, work),
    ...(limits !== undefined && { limits }),
  });
  observe.metrics.watch({
    queueDepth: () => queue.depth(),
    deadLetters: async () => (await queue.deadLetters()).length,
    openStreams: () => push.listeners,
    openConnections: () => server.connections,
  });
  const close = async (control?: Control) => {
    stopping.abort();
    await server.close();
    await control?.close();
    people.close();
    await stack.close();
    await observe.close();
  };
  try {
    await server.listen(port, host);
    const control = await serveControl({ data, stack, operations, report });
    return { stack, origin, issuer, app: site.served, close: () => close(control) };
  } catch (error) {
    await close();
    throw error;
  }
}

const silent: Log = { level: "silent", write: () => {}, close: async () => {} };

const passed = ({ requestId, actor, refusal }: Passage): AnsweredRequest => ({
  requestId,
  ...(actor !== undefined && { actor }),
  ...(refusal !== undefined && { code: refusal.code }),
});
