import type { SyncStatus } from "@crowbar/client";

const states = {
  online: "Online",
  connecting: "Connecting",
  offline: "Offline",
  signed_out: "Signed out",
  outdated: "Outdated",
} as const satisfies Record<SyncStatus["state"], string>;

/** `Offline, 3 waiting`. */
export function inWords({ state, waiting }: SyncStatus): string {
  return waiting === 0 ? states[state] : `${states[state]}, ${waiting} waiting`;
}

/** Do the rules here decide as the server's do? */
export function compared({ domain, serverDomain }: SyncStatus): "same" | "other" | "unknown" {
  if (serverDomain === undefined) return "unknown";
  return serverDomain === domain ? "same" : "other";
}
