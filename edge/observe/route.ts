/** The patterns of all addresses that are served: in lines and figures they stand for the addresses themselves. */
export const routes = [
  "/",
  "/commands",
  "/streams/:stream/events",
  "/streams/:stream/commands/:id",
  "/views/:key",
  "/positions",
  "/.well-known/domain",
  "/health",
  "/metrics",
  "/traces",
  "/auth/*",
  "/page/*",
  "/status",
  "/c/*",
  "/assets/*",
  "/rules/*",
  "/csp-reports",
  "other",
] as const;
export type Route = (typeof routes)[number];

/** The pattern to which a path belongs; the query may still hang on it. */
export function routeOf(address: string): Route {
  const end = address.indexOf("?");
  const path = end < 0 ? address : address.slice(0, end);
  if (fixed.has(path)) return path as Route;
  // No stream's name has a slash in it.
  if (path.startsWith("/streams/") && path.includes("/commands/")) return "/streams/:stream/commands/:id";
  for (const [start, route] of starts) if (path.startsWith(start)) return route;
  return "other";
}

const fixed: ReadonlySet<string> = new Set(routes.filter((route) => route.startsWith("/") && !/[:*]/.test(route)));
const starts: readonly (readonly [string, Route])[] = [
  ["/views/", "/views/:key"],
  ["/streams/", "/streams/:stream/events"],
  ["/auth/", "/auth/*"],
  ["/page/", "/page/*"],
  ["/c/", "/c/*"],
  ["/assets/", "/assets/*"],
  ["/rules/", "/rules/*"],
];
