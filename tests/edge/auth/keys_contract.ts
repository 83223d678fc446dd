// What every adapter of the port Keys does.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JWK } from "jose";
import type { Keys } from "../../../edge/auth/keys.ts";
import { keyPair, next, ours, stranger } from "./issuer.ts";

export interface KeysUnderTest extends AsyncDisposable {
  readonly keys: Keys;
  /** The issuer has these keys from now on, and no others. */
  publish(keys: readonly object[]): Promise<void>;
}

const weak = keyPair("weak", 1024).jwk;
const { kid, ...nameless } = ours.jwk;

/** Keys that verify no access token, whoever publishes them. */
const unfit: { readonly [name: string]: object } = {
  "a secret": { kty: "oct", k: "c2VjcmV0", kid, alg: "HS256", use: "sig" },
  "an elliptic curve": { kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA", kid, alg: "ES256", use: "sig" },
  "a key that says it is no RSA key": { ...ours.jwk, kty: "oct" },
  "a key for encryption": { ...ours.jwk, use: "enc" },
  "a key without its use": { ...ours.jwk, use: undefined },
  "a key for another algorithm": { ...ours.jwk, alg: "RS512" },
  "a key without its algorithm": { ...ours.jwk, alg: undefined },
  "a key for signing alone": { ...ours.jwk, key_ops: ["sign"] },
  "a private key": { ...ours.privateKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" },
  "a key of 1024 bits": { ...weak, kid },
  "a key of 808 bits behind 1,600 that are 0": {
    ...ours.jwk,
    n: Buffer.from([...Buffer.alloc(200), 1, ...Buffer.alloc(100)]).toString("base64url"),
  },
  "a key of 16,384 bits": { ...ours.jwk, n: Buffer.alloc(2048, 0xff).toString("base64url") },
  "an exponent of 1": { ...ours.jwk, e: "AQ" },
  "an exponent of 3": { ...ours.jwk, e: "Aw" },
  "no modulus": { ...ours.jwk, n: undefined },
  "a modulus in ordinary base64": { ...ours.jwk, n: `${ours.jwk.n.slice(0, -2)}+/` },
  "a key without an id": nameless,
  "an id that is a number": { ...ours.jwk, kid: 1 },
};

export function keysContract(name: string, open: (published: readonly JWK[]) => Promise<KeysUnderTest>): void {
  test(`${name}: a key is found by its id`, async () => {
    await using t = await open([ours.jwk, next.jwk]);
    assert.deepEqual(await t.keys.find(ours.kid), ours.jwk);
    assert.deepEqual(await t.keys.find(next.kid), next.jwk);
    assert.strictEqual(await t.keys.find(ours.kid), await t.keys.find(ours.kid));
  });

  test(`${name}: what the issuer does not have is not found`, async () => {
    await using t = await open([ours.jwk]);
    for (const id of ["key-0", "", "KEY-1", "__proto__", "constructor", "toString", "size"]) {
      assert.equal(await t.keys.find(id), undefined, id);
    }
  });

  for (const [what, key] of Object.entries(unfit)) {
    test(`${name}: ${what} is no key that verifies`, async () => {
      await using t = await open([next.jwk]);
      await t.publish([key, next.jwk]);
      assert.equal(await t.keys.find(kid), undefined);
      assert.deepEqual(await t.keys.find(next.kid), next.jwk);
    });
  }

  test(`${name}: of two keys with one id neither is trusted`, async () => {
    await using t = await open([ours.jwk, { ...stranger.jwk, kid }, next.jwk]);
    assert.equal(await t.keys.find(kid), undefined);
    assert.deepEqual(await t.keys.find(next.kid), next.jwk);
  });

  test(`${name}: keys change; one that stays is the same object`, async () => {
    await using t = await open([ours.jwk, stranger.jwk]);
    const before = await t.keys.find(ours.kid);
    await t.publish([ours.jwk, next.jwk]);
    assert.deepEqual(await t.keys.find(next.kid), next.jwk);
    assert.strictEqual(await t.keys.find(ours.kid), before);
    assert.equal(await t.keys.find(stranger.kid), undefined);
  });

  test(`${name}: another key under an old id is another key`, async () => {
    await using t = await open([ours.jwk]);
    const before = await t.keys.find(kid);
    await t.publish([{ ...stranger.jwk, kid }, next.jwk]);
    await t.keys.find(next.kid);
    const after = await t.keys.find(kid);
    assert.notStrictEqual(after, before);
    assert.equal(after?.n, stranger.jwk.n);
  });

  test(`${name}: nobody can change a key that was handed out`, async () => {
    await using t = await open([ours.jwk]);
    assert.ok(Object.isFrozen(await t.keys.find(kid)));
  });
}
