import { watchable } from "../device/watchable.ts";

/** Where the person is in the app. */
export type Route = { readonly at: "home" } | { readonly at: "channel"; readonly channelId: string };

/** The route, as the address has it. */
export const route = watchable<Route>(read());
window.addEventListener("popstate", () => reread());

/** Goes there; `replace` leaves no way back. */
export function go(to: string, how: "push" | "replace" = "push"): void {
  if (to === location.pathname) return;
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  reread();
}

/** The address has changed without our doing: after signing in. */
export function reread(): void {
  const next = read();
  if (JSON.stringify(next) !== JSON.stringify(route.get())) route.set(next);
}

export const channelPath = (channelId: string) => `/c/${channelId}`;

function read(): Route {
  const [, channelId] = /^\/c\/([A-Za-z0-9_-]+)$/.exec(location.pathname) ?? [];
  return channelId === undefined ? { at: "home" } : { at: "channel", channelId };
}
