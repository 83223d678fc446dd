import { ErrorResponse, UserManager } from "oidc-client-ts";
import type { Configuration } from "./configuration.ts";

/** The issuer, as oidc-client-ts speaks with it. Every failure is a sentence. */
export interface Issuer {
  /** Leaves the page. */
  signIn(to: string): Promise<void>;
  /** After it has come back: where the person was. */
  comeBack(): Promise<string>;
  /** Leaves the page. */
  signOut(): Promise<void>;
  /** A new access token; undefined where the issuer gives none any more. Throws where it cannot be reached. */
  renew(): Promise<string | undefined>;
}

/** Opened when it is needed: see `stored_session.ts`. */
export function openIssuer({ issuer, clientId }: Configuration): Issuer {
  const { origin } = location;
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${origin}/callback`,
    post_logout_redirect_uri: `${origin}/signed-out`,
    scope: "openid profile",
    // Renewed when it is asked for: a sleeping tab needs none.
    automaticSilentRenew: false,
    monitorSession: false,
    revokeTokensOnSignout: true,
    // An access token is a JWT, which nobody can take back.
    revokeTokenTypes: ["refresh_token"],
  });
  return {
    signIn: (to) => told(manager.signinRedirect({ state: { to } })),
    async comeBack() {
      const user = await told(manager.signinRedirectCallback());
      const to = (user.state as { readonly to?: unknown } | undefined)?.to;
      return typeof to === "string" && /^\/(?!\/)/.test(to) ? to : "/";
    },
    // The last two are what Cognito asks for; others pass them by.
    signOut: () =>
      manager.signoutRedirect({ extraQueryParams: { client_id: clientId, logout_uri: `${origin}/signed-out` } }),
    async renew() {
      try {
        return (await manager.signinSilent())?.access_token;
      } catch (error) {
        if (error instanceof ErrorResponse) return undefined;
        throw error;
      }
    },
  };
}

/** The same, failing with a sentence for a person. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof ErrorResponse) throw new Error(cause.error_description ?? cause.message, { cause });
    if (cause instanceof TypeError) throw new Error("The sign-in cannot be reached. Are you online?", { cause });
    throw cause;
  }
}
