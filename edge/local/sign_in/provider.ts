import type { DatabaseSync } from "node:sqlite";
import { type Configuration, errors, interactionPolicy, type KoaContextWithOIDC, Provider } from "oidc-provider";
import { clientId, redirectUris } from "./client.ts";
import { cognitoShape } from "./cognito_shape.ts";
import { errorPage, signedOutPage, signOutPage } from "./pages.ts";
import type { People } from "./people.ts";
import { records } from "./records.ts";
import type { Secrets } from "./secrets.ts";

/** How long what is given out holds, in seconds: Cognito's defaults. */
export interface Lifetimes {
  readonly access: number;
  readonly refresh: number;
  readonly code: number;
}

export const lifetimes: Lifetimes = { access: 3600, refresh: 30 * 24 * 3600, code: 300 };

export interface ProviderParts {
  readonly issuer: string;
  readonly origins: readonly string[];
  readonly database: DatabaseSync;
  readonly people: People;
  readonly secrets: Secrets;
  readonly lifetimes: Lifetimes;
  readonly onError: (error: unknown) => void;
}

const scopes = ["openid", "profile"];

/** oidc-provider as the issuer of one public client: authorization code with PKCE, and nothing else. */
export function makeProvider(parts: ProviderParts): Provider {
  const provider = new Provider(parts.issuer, configuration(parts));
  // Koa would write what goes wrong to the console.
  provider.silent = true;
  provider.on("server_error", (_ctx, error) => parts.onError(error));
  provider.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      parts.onError(error);
      throw error;
    }
    if (ctx.oidc?.route === "discovery") Object.assign(ctx.body as object, { response_modes_supported: ["query"] });
  });
  return provider;
}

function configuration({ issuer, origins, database, people, secrets, lifetimes }: ProviderParts): Configuration {
  const { origin, pathname } = new URL(issuer);
  const resource = `${origin}/`;
  const policy = interactionPolicy.base();
  // There is one client, and it is the stack's own: nobody has to be asked whether it may.
  policy.remove("consent");
  return {
    ...cognitoShape((id) => people.find(id)),
    adapter: records(database),
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [...redirectUris(origins)],
        post_logout_redirect_uris: [...redirectUris(origins)],
      },
    ],
    clientBasedCORS: (_ctx, from) => origins.includes(from),
    clientAuthMethods: ["none"],
    responseTypes: ["code"],
    scopes,
    pkce: { required: () => true },
    routes: {
      authorization: "/oauth2/authorize",
      token: "/oauth2/token",
      revocation: "/oauth2/revoke",
      end_session: "/logout",
      jwks: "/.well-known/jwks.json",
    },
    jwks: { keys: [...secrets.signingKeys] } as NonNullable<Configuration["jwks"]>,
    enabledJWA: { idTokenSigningAlgValues: ["RS256"] },
    cookies: {
      keys: [...secrets.cookieKeys],
      names: { session: "crowbar_session", interaction: "crowbar_sign_in", resume: "crowbar_resume" },
      long: { httpOnly: true, sameSite: "lax", path: pathname },
      short: { httpOnly: true, sameSite: "lax" },
    },
    interactions: { policy, url: (_ctx, { uid }) => `${issuer}/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form, pathname);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = signedOutPage(pathname);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, asked) => {
          if (asked !== resource) throw new errors.InvalidTarget();
          return { scope: scopes.join(" "), accessTokenFormat: "jwt", accessTokenTTL: lifetimes.access };
        },
      },
    },
    loadExistingGrant: (ctx) => grant(ctx, resource),
    // As with Cognito, a refresh token lives by itself, comes with every code, and is not changed by being used.
    expiresWithSession: () => false,
    issueRefreshToken: () => true,
    rotateRefreshToken: false,
    ttl: {
      AccessToken: lifetimes.access,
      AuthorizationCode: lifetimes.code,
      IdToken: lifetimes.access,
      RefreshToken: lifetimes.refresh,
      Grant: lifetimes.refresh,
      Session: lifetimes.refresh,
      Interaction: 900,
    },
    renderError: (ctx, _out, error) => {
      ctx.type = "html";
      ctx.body = errorPage(error, pathname);
    },
  };
}

/** Everything that this client may have, anew each time: what one sign-in was given can be taken back alone. */
async function grant({ oidc }: KoaContextWithOIDC, resource: string) {
  const { account, client, provider } = oidc;
  if (account === undefined || client === undefined) return undefined;
  const given = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  given.addOIDCScope(scopes.join(" "));
  given.addResourceScope(resource, scopes.join(" "));
  await given.save();
  return given;
}
