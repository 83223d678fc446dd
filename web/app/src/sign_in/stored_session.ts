import type { Configuration } from "./configuration.ts";
import type { Person } from "./person.ts";

/** What oidc-client-ts keeps of whoever is signed in, in this tab's sessionStorage. */
export interface StoredSession {
  readonly access_token: string;
  readonly refresh_token?: string;
  /** In seconds since 1970. */
  readonly expires_at?: number;
  readonly profile: { readonly sub: string; readonly [claim: string]: unknown };
}

export const keyOf = ({ issuer, clientId }: Configuration) => `oidc.user:${issuer}:${clientId}`;

/** Read without the library, which is only needed to sign in, to renew and to sign out: it is not loaded before. */
export function storedSession(configuration: Configuration): StoredSession | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(keyOf(configuration)) ?? "null") as StoredSession | null;
    return typeof stored?.access_token === "string" && typeof stored.profile?.sub === "string" ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** How long the access token holds from now, in seconds. */
export const secondsLeft = ({ expires_at }: StoredSession): number =>
  expires_at === undefined ? Number.POSITIVE_INFINITY : expires_at - Date.now() / 1000;

export function personOf({ profile }: StoredSession): Person {
  const name = profile.name ?? profile["cognito:username"];
  return { id: profile.sub, ...(typeof name === "string" && { name }) };
}
