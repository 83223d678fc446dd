import { hash, randomBytes } from "node:crypto";
import { clientId } from "./client.ts";

/** What somebody holds who has signed in. */
export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
  /** How long the access token holds, in seconds. */
  readonly expiresIn: number;
  /** The person's id: the `sub` of the tokens. */
  readonly person: string;
}

/** Signing in did not come to its end. The message says which request was answered how; no secret is in it. */
export class SignInFailed extends Error {
  override readonly name = "SignInFailed";
}

/** A code, with what is needed to change it for tokens. */
export interface Code {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

interface Discovered {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

/**
 * Signs somebody in at the local issuer as a browser and an app together do: authorization code with PKCE over HTTP, the name
 * typed into the form. A name that is new is a new person. Throws `SignInFailed`.
 */
export async function tokenFor(name: string, issuer = "http://127.0.0.1:8080/auth"): Promise<Tokens> {
  return redeem(issuer, await codeFor(name, issuer));
}

/** Walks up to the code. Throws `SignInFailed`. */
export async function codeFor(name: string, issuer: string, browser = new Browser()): Promise<Code> {
  const { authorization_endpoint: endpoint } = await discover(issuer);
  const [verifier, state, nonce] = [secret(), secret(), secret()];
  const redirectUri = `${new URL(issuer).origin}/callback`;
  const asked = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: "openid profile",
    code_challenge: hash("sha256", verifier, "base64url"),
    code_challenge_method: "S256",
    prompt: "login",
    state,
    nonce,
  });
  const page = await browser.follow(`${endpoint}?${asked}`, redirectUri);
  const answer = await browser.follow(page, redirectUri, new URLSearchParams({ name }));
  if (!answer.startsWith(`${redirectUri}?`)) {
    throw new SignInFailed(`${page} did not take the name. ${browser.told}`);
  }
  const query = new URL(answer).searchParams;
  const code = query.get("code");
  if (code === null) throw new SignInFailed(`${issuer} gave no code: ${query.get("error")}.`);
  if (query.get("state") !== state) throw new SignInFailed(`${issuer} did not give the state back.`);
  if (query.get("iss") !== issuer) throw new SignInFailed(`${issuer} answered as ${query.get("iss")}.`);
  return { code, verifier, redirectUri, nonce };
}

/** Changes a code for tokens. Throws `SignInFailed`. */
export async function redeem(issuer: string, { code, verifier, redirectUri, nonce }: Code): Promise<Tokens> {
  const tokens = await askForTokens(issuer, {
    grant_type: "authorization_code",
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  });
  if (claimOf(tokens.idToken, "nonce") !== nonce) throw new SignInFailed(`${issuer} did not give the nonce back.`);
  return tokens;
}

/** New access and ID tokens for a refresh token. Throws `SignInFailed`. */
export function refresh(issuer: string, refreshToken: string): Promise<Tokens> {
  return askForTokens(issuer, { grant_type: "refresh_token", refresh_token: refreshToken });
}

async function askForTokens(issuer: string, form: Readonly<Record<string, string>>): Promise<Tokens> {
  const { token_endpoint: endpoint } = await discover(issuer);
  const body = new URLSearchParams({ client_id: clientId, ...form });
  const response = await reach(endpoint, { method: "POST", body });
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  if (!response.ok) {
    throw new SignInFailed(`${endpoint} answered ${response.status} ${answer.error}: ${answer.error_description}.`);
  }
  const idToken = String(answer.id_token);
  return {
    accessToken: String(answer.access_token),
    idToken,
    refreshToken: String(answer.refresh_token),
    expiresIn: Number(answer.expires_in),
    person: String(claimOf(idToken, "sub")),
  };
}

async function discover(issuer: string): Promise<Discovered> {
  const address = `${issuer}/.well-known/openid-configuration`;
  const response = await reach(address);
  if (!response.ok) throw new SignInFailed(`${address} answered ${response.status}.`);
  return (await response.json()) as Discovered;
}

/** As much of a browser as signing in needs: it keeps cookies, follows redirects, and sends a form. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  #page = "";
  /** What the last page said: its status and its alert. */
  told = "";

  /** The page at an address. */
  async page(address: string): Promise<string> {
    await this.follow(address, "about:blank");
    return this.#page;
  }

  /** Goes to an address, with a form if there is one, until a page comes or the way leads to `stop`: answers where it is. */
  async follow(address: string, stop: string, form?: URLSearchParams): Promise<string> {
    let at = address;
    for (let steps = 0, body = form; steps < 10; steps += 1, body = undefined) {
      const response = await reach(at, {
        redirect: "manual",
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
        ...(body && { method: "POST", body }),
      });
      for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
      const to = response.headers.get("location");
      this.#page = await response.text();
      if (to === null) {
        const alert = /role="alert">([^<]*)</.exec(this.#page)?.[1] ?? /<p>([^<]*)</.exec(this.#page)?.[1] ?? "";
        this.told = `It answered ${response.status}. ${alert}`.trim();
        if (form === undefined && !response.ok) throw new SignInFailed(`${at} was refused. ${this.told}`);
        return at;
      }
      at = new URL(to, at).href;
      if (at.startsWith(stop)) return at;
    }
    throw new SignInFailed(`${address} leads round in circles.`);
  }

  #keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "") this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

async function reach(address: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    throw new SignInFailed(`${new URL(address).origin} does not answer. Is the stack running (npm start)?`, { cause });
  }
}

const secret = () => randomBytes(32).toString("base64url");

/** What a token says, unchecked: it comes straight from the issuer. */
function claimOf(token: string, name: string): unknown {
  const payload = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  return (payload as Readonly<Record<string, unknown>>)[name];
}
