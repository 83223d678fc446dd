import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Hono } from "hono";
import type { RequestEnv } from "../../commands/request.ts";
import type { Clock } from "../../context/clock.ts";
import type { Observe } from "../../observe/observe.ts";
import { appPaths } from "./app_paths.ts";
import { breachReports } from "./breach_reports.ts";
import { rulesRoutes } from "./rules_routes.ts";
import { reportPath } from "./security_headers.ts";
import { Site } from "./site_files.ts";
import { siteRoutes } from "./site_routes.ts";

export interface SiteOptions {
  /** Where the built app lies; nothing but the rules is served where there is none. */
  readonly app: string | undefined;
  readonly origin: string;
  /** The data folder, and the hashes of the rules in it that are served. */
  readonly data: string;
  readonly hashes: readonly string[];
  readonly observe: Observe;
  readonly clock: Clock;
}

/** The web app beside the pipeline: what it adds to what is served, and to whom. */
export interface OpenSite {
  /** Is there an app? */
  readonly served: boolean;
  readonly publicPaths: readonly string[];
  readonly routes: readonly Hono<RequestEnv>[];
  /** Whoever answers that path beside the functions, if anybody does. */
  beside(path: string): ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}

export function openSite({ app, origin, data, hashes, observe, clock }: SiteOptions): OpenSite {
  const site = app === undefined ? undefined : Site.open(app);
  const reports = breachReports(observe, clock);
  const rules = rulesRoutes(join(data, "rules"), hashes);
  return {
    served: site !== undefined,
    publicPaths: [...appPaths, ...(site?.paths ?? [])],
    routes: site === undefined ? [rules] : [rules, siteRoutes({ site, origin })],
    beside: (path) => (path === reportPath ? reports : undefined),
  };
}
