// An issuer as Cognito is one: its keys, and tokens of any shape that it, or somebody else, might sign.
import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { noon } from "@crowbar/domain/testing";
import type { JWK } from "jose";

export { noon };

export const issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Crowbar";
export const clientId = "5crowbar7chat9client";
const second = noon / 1000;

/** A pair of RSA keys. They are others in each run: no test's outcome hangs on which. */
export function keyPair(kid: string, modulusLength = 2048) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
  const { kty, n, e } = publicKey.export({ format: "jwk" }) as { kty: string; n: string; e: string };
  const jwk = { kty, n, e, kid, use: "sig", alg: "RS256" } satisfies JWK;
  return { kid, privateKey, publicKey, jwk };
}

export const ours = keyPair("key-1");
export const next = keyPair("key-2");
export const stranger = keyPair("key-9");

/** What Cognito writes for ada at noon, for an hour. */
export const header = { kid: ours.kid, alg: "RS256" };
export const claims = {
  sub: "ada",
  iss: issuer,
  client_id: clientId,
  token_use: "access",
  scope: "openid",
  auth_time: second,
  iat: second,
  exp: second + 3600,
  jti: "018df4c1-4800-7000-8000-000000000001",
  username: "ada",
};

type Json = object | string;
export const encoded = (json: Json | Uint8Array) =>
  Buffer.from(json instanceof Uint8Array || typeof json === "string" ? json : JSON.stringify(json)).toString(
    "base64url",
  );

/** Signs these two parts, whatever they are. */
export function token(
  changedHeader: Json | Uint8Array = header,
  changedClaims: Json | Uint8Array = claims,
  privateKey: KeyObject = ours.privateKey,
  digest = "RSA-SHA256",
): string {
  const said = `${encoded(changedHeader)}.${encoded(changedClaims)}`;
  return `${said}.${sign(digest, Buffer.from(said), privateKey).toString("base64url")}`;
}

export const withHeader = (changes: object) => token({ ...header, ...changes });
export const withClaims = (changes: object) => token(header, { ...claims, ...changes });
/** The header's, or the claims', text with one piece of it replaced. */
export const withText = (json: object, piece: string, by: string) => JSON.stringify(json).replace(piece, by);
export const without = (name: string) => {
  const { [name as keyof typeof claims]: _, ...rest } = claims;
  return token(header, rest);
};

/** Signed as HS256, with a text that everybody knows as its secret. */
export function hmacToken(alg: string, secret: string | Buffer): string {
  const said = `${encoded({ ...header, alg })}.${encoded(claims)}`;
  return `${said}.${createHmac("sha256", secret).update(said).digest("base64url")}`;
}

export const secondsAfterNoon = (seconds: number) => second + seconds;
