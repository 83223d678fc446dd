import { join } from "node:path";
import { AccessTokens } from "../auth/access_tokens.ts";
import { IssuerKeys } from "../auth/issuer_keys.ts";
import { serveControl } from "../cli/control_server.ts";
import { operations } from "../cli/operations/operations.ts";
import { commandsApp } from "../commands/app.ts";
import { type Allowance, Rate } from "../commands/rate.ts";
import { positionRoutes } from "../push/routes.ts";
import { viewer } from "../viewer/handler.ts";
import { NearStore } from "../viewer/near_store.ts";
import { viewRoutes } from "../views/routes.ts";
import { createServer } from "./cloudfront/create_server.ts";
import type { ServerLimits } from "./cloudfront/limits.ts";
import { freePort } from "./free_port.ts";
import { type LocalStack, openStack } from "./open_stack.ts";
import { clientId } from "./sign_in/client.ts";
import { signIn } from "./sign_in/sign_in.ts";

export interface ServeOptions {
  /** The folder that holds everything. */
  readonly data: string;
  /** 0 takes any port that is free. */
  readonly port: number;
  readonly allowance?: Allowance;
  readonly limits?: Partial<ServerLimits>;
}

/** The pipeline, served on this machine. */
export interface Served {
  readonly stack: LocalStack;
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  readonly issuer: string;
  /** Ends in order: what is on its way is answered, what is decided is stored and in the views. */
  close(): Promise<void>;
}

/** Only this machine reaches it: signing in takes no more than a name. */
const host = "127.0.0.1";
/** Far beyond what a person does, and below what hurts others. */
const usual: Allowance = { perSecond: 100, burst: 500 };
const publicPaths = ["/", "/.well-known/domain", "/health", "/metrics", "/page/*"];

/**
 * Opens the pipeline on a folder and serves it: CloudFront's limits in front of the function at the edge, and that one in
 * front of the commands function, the views and the positions; sign-in beside them, as it is in the cloud.
 *
 * @throws StoreUnavailable `busy` where another process has the folder; the system's `EADDRINUSE` where the port is taken.
 */
export async function serve({ data, port: wanted, allowance = usual, limits }: ServeOptions): Promise<Served> {
  const port = await freePort(wanted, host);
  const origin = `http://${host}:${port}`;
  const issuer = `${origin}/auth`;
  const report = (defect: unknown) => console.error(defect);
  const stack = await openStack({ data, report });
  const { domain, clock, ids, store, views, push, commands, previous } = stack;
  const catalog = domain.describe();
  const keys = new IssuerKeys({ clock, issuer });
  const verifier = new AccessTokens({ keys, clock, issuer, clientId, check: (json) => domain.check(json) });
  const stopping = new AbortController();
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
    ],
    report,
  });
  const edge = viewer({
    domain,
    verifier,
    clock,
    ids,
    policy: { origins: [origin, `http://localhost:${port}`], publicPaths },
    near: new NearStore(store, domain.hash),
    report,
  });
  const people = await signIn({ issuer, folder: join(data, "sign-in"), clock, onError: report });
  const server = createServer({
    viewer: edge,
    origin: (request) => app.fetch(request),
    beside: (path) => (path.startsWith("/auth/") ? people.handler : undefined),
    ids,
    report,
    ...(limits !== undefined && { limits }),
  });
  await server.listen(port, host);
  const control = await serveControl({ data, stack, operations, report });
  return {
    stack,
    origin,
    issuer,
    async close() {
      stopping.abort();
      await server.close();
      await control.close();
      people.close();
      await stack.close();
    },
  };
}
