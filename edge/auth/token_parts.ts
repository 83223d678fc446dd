import type { Domain } from "../domain.ts";
import { maxTokenBytes } from "./bearer.ts";
import { type Members, readMembers } from "./strict_json.ts";
import type { TokenFlaw } from "./token_flaw.ts";

/** What a token says before anything of it is believed. */
export interface TokenParts {
  readonly keyId: string;
  readonly claims: Members;
}

const form = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const keyIdForm = /^[\x21-\x7e]{1,128}$/;
/** The parameters that are taken. All others ask the reader to do something: to fetch a key, to trust one, to unpack. */
const parameters: ReadonlySet<string> = new Set(["alg", "kid", "typ"]);
/** RFC 9068 and RFC 7519. A token of another kind says so. */
const types: ReadonlySet<unknown> = new Set(["jwt", "at+jwt", "application/at+jwt"]);

/** Takes a token apart (RFC 7515, compact) without trusting it; answers what is wrong with its form. */
export function tokenParts(check: Domain["check"], token: string): TokenParts | TokenFlaw {
  if (token.length > maxTokenBytes || !form.test(token)) return "form";
  const [headerBytes, payloadBytes, signature] = token.split(".").map(canonicalBytes);
  if (headerBytes === undefined || payloadBytes === undefined || signature === undefined) return "form";

  const header = readMembers(check, headerBytes);
  if (header === undefined || Object.keys(header).some((name) => !parameters.has(name))) return "header";
  const { alg, kid, typ } = header;
  if (alg !== "RS256") return "algorithm";
  if (typeof kid !== "string" || !keyIdForm.test(kid)) return "header";
  if (typ !== undefined && !(typeof typ === "string" && types.has(typ.toLowerCase()))) return "header";

  const claims = readMembers(check, payloadBytes);
  return claims === undefined ? "claims" : { keyId: kid, claims };
}

// Bits that the last character has too many would make two tokens of one: written again it has to be the same text.
function canonicalBytes(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, "base64url");
  return bytes.toString("base64url") === part ? bytes : undefined;
}
