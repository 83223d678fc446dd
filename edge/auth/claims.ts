import type { Actor } from "../domain.ts";
import type { Members } from "./strict_json.ts";
import type { TokenFlaw } from "./token_flaw.ts";

/** Whose tokens are taken, and for whom they have to be made. */
export interface Trusted {
  /** As it stands in the tokens, to the letter: `https://cognito-idp.<region>.amazonaws.com/<pool>`. */
  readonly issuer: string;
  /** The app's client id. Cognito names it in `client_id`, and has no `aud`. */
  readonly clientId: string;
  /** What a token's `aud` has to name, where it has one: the client id, if nothing is said. */
  readonly audience?: string;
}

/** What a token says of its holder, with the moments between which it holds, in ms. */
export interface Holder {
  readonly actor: Actor;
  readonly from: number;
  readonly until: number;
}

/** How far clocks may be apart. */
const skewMs = 60_000;
/** What the domain takes for an id. */
const idForm = /^[A-Za-z0-9_][A-Za-z0-9._:@~-]{0,127}$/;
/** A group's name as Cognito takes it: 1..128 code points that can be seen. */
const groupForm = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** A user of Cognito is in no more. */
const maxGroups = 100;

/** Reads the claims of an access token; answers which of them is not as it has to be. */
export function readClaims(claims: Members, trusted: Trusted): Holder | TokenFlaw {
  if (claims.iss !== trusted.issuer) return "issuer";
  if (claims.client_id !== trusted.clientId) return "client";
  if (!names(claims.aud, trusted.audience ?? trusted.clientId)) return "audience";
  if (claims.token_use !== "access") return "use";

  const { exp, nbf = 0, iat = 0, sub } = claims;
  if (!isMoment(exp) || !isMoment(nbf) || !isMoment(iat)) return "time";
  if (typeof sub !== "string" || !idForm.test(sub)) return "person";
  const roles = readGroups(claims["cognito:groups"]);
  if (roles === undefined) return "groups";

  const from = Math.max(nbf, iat) * 1000 - skewMs;
  return { actor: Object.freeze({ id: sub, roles }), from, until: exp * 1000 + skewMs };
}

/** Does a token hold at this moment? */
export function holds({ from, until }: Holder, now: number): boolean {
  return from <= now && now < until;
}

function names(aud: unknown, audience: string): boolean {
  return aud === undefined || aud === audience || (Array.isArray(aud) && aud.includes(audience));
}

/** Whole seconds since 1970, as far as their milliseconds can be counted. */
function isMoment(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= Number.MAX_SAFE_INTEGER / 1000;
}

function readGroups(groups: unknown): readonly string[] | undefined {
  if (groups === undefined) return Object.freeze([]);
  if (!Array.isArray(groups) || groups.length > maxGroups) return undefined;
  const wellFormed = groups.every((group) => typeof group === "string" && groupForm.test(group));
  return wellFormed ? Object.freeze([...groups]) : undefined;
}
