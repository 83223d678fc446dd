import { type RequestOptions, request } from "node:http";
import { clientId } from "../../../edge/local/sign_in/client.ts";

/** A challenge and the verifier that it was made of (RFC 7636, appendix B). */
export const pkce = {
  verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
};

/** The address at which an app asks for a code; `undefined` leaves a parameter out. */
export function authorize(issuer: string, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const parameters = {
    client_id: clientId,
    response_type: "code",
    redirect_uri: `${new URL(issuer).origin}/callback`,
    scope: "openid",
    code_challenge: pkce.challenge,
    code_challenge_method: "S256",
    state: "s1",
    ...changes,
  };
  const present = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${issuer}/oauth2/authorize?${new URLSearchParams(present)}`;
}

/** Sends a form to the token endpoint; answers its status and its error's code. */
export async function token(issuer: string, form: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ client_id: clientId, ...form });
  const response = await fetch(`${issuer}/oauth2/token`, { method: "POST", body });
  const answer = (await response.json()) as { readonly error?: string; readonly access_token?: string };
  return { status: response.status, ...answer };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A request with exactly these headers: `fetch` would put in its own host. */
export function raw(
  address: string,
  { body = "", ...options }: RequestOptions & { readonly body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(address, options, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      const { statusCode = 0 } = response;
      resolve({ status: statusCode, headers: response.headers, body: Buffer.concat(parts).toString("utf8") });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Begins a sign-in as a browser does: the page's address, and the cookies that came with it. */
export async function beginSignIn(issuer: string): Promise<{ readonly page: string; readonly cookie: string }> {
  const { headers } = await raw(authorize(issuer));
  const cookies = [headers["set-cookie"] ?? []].flat();
  return {
    page: new URL(String(headers.location), issuer).href,
    cookie: cookies.map((each) => each.split(";", 1)[0]).join("; "),
  };
}

export const formType = { "content-type": "application/x-www-form-urlencoded" };
