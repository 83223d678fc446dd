import type { JWK } from "jose";

/** An issuer's keys by their ids. */
export type KeySet = ReadonlyMap<string, JWK>;

const keyIdForm = /^[\x21-\x7e]{1,128}$/;
const base64url = /^[A-Za-z0-9_-]+$/;
/** An exponent of 1 makes every text its own signature; whoever makes keys takes 65537. */
const exponent = "AQAB";
const minBits = 2048;
const maxBits = 8192;
/** An issuer has a few keys: today's, tomorrow's, yesterday's. */
const maxKeys = 100;

/**
 * The keys of a JWK set (RFC 7517) that may verify an access token: RSA, for signatures, RS256, 2048 to 8192 bits, public.
 * Others are passed by; so are two that share an id. Undefined where it is no set.
 */
export function readKeySet(set: unknown): KeySet | undefined {
  const keys = isObject(set) ? set.keys : undefined;
  if (!Array.isArray(keys) || keys.length > maxKeys) return undefined;
  const found = new Map<string, JWK>();
  const twice = new Set<string>();
  for (const key of keys) {
    const taken = isObject(key) ? verifyingKey(key) : undefined;
    if (taken === undefined) continue;
    const { kid } = taken;
    if (found.has(kid)) twice.add(kid);
    found.set(kid, taken);
  }
  for (const kid of twice) found.delete(kid);
  return found;
}

/** A key that was there before stays the same object: what it has verified stays verified. */
export function kept(next: KeySet, before: KeySet): KeySet {
  const same = (key: JWK, old: JWK | undefined) => (old !== undefined && old.n === key.n ? old : key);
  return new Map([...next].map(([id, key]) => [id, same(key, before.get(id))]));
}

function verifyingKey({
  kty,
  kid,
  use,
  alg,
  n,
  e,
  d,
  key_ops: operations,
}: Members): (JWK & { kid: string }) | undefined {
  if (kty !== "RSA" || use !== "sig" || alg !== "RS256" || e !== exponent) return undefined;
  if (d !== undefined) return undefined; // a private key that lies in the open signs for everybody
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify"))) return undefined;
  if (typeof kid !== "string" || !keyIdForm.test(kid)) return undefined;
  if (typeof n !== "string" || !base64url.test(n)) return undefined;
  const bits = bitsOf(n);
  return bits < minBits || bits > maxBits ? undefined : Object.freeze({ kty, kid, use, alg, n, e });
}

function bitsOf(modulus: string): number {
  const bytes = Buffer.from(modulus, "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first - 1) * 8 + (32 - Math.clz32(bytes[first] ?? 0));
}

type Members = { readonly [name: string]: unknown };
function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
