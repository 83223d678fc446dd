import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { personOf } from "../../../edge/local/sign_in/person.ts";
import { loadSecrets } from "../../../edge/local/sign_in/secrets.ts";
import { openFolder } from "../../../edge/local/sign_in/sign_in_files.ts";
import { Browser, codeFor, redeem, refresh, tokenFor } from "../../../edge/local/sign_in/walk_sign_in.ts";
import { issuing } from "./issuing.ts";
import { authorize } from "./requests.ts";

test("keys, people, sessions and refresh tokens outlive the process", async (t) => {
  const { issuer, origin, restart, signIn } = await issuing(t);
  const browser = new Browser();
  const before = await redeem(issuer, await codeFor("Ada Lovelace", issuer, browser));
  await restart();
  assert.equal(signIn().people, 1);
  await jwtVerify(before.accessToken, createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`)), { issuer });
  const after = await refresh(issuer, before.refreshToken);
  assert.equal(after.person, personOf("Ada Lovelace").id);
  const silent = await browser.follow(authorize(issuer, { prompt: "none" }), `${origin}/callback`);
  assert.ok(new URL(silent).searchParams.has("code"));
});

test("a code from before the process ended is still good, and still taken once", async (t) => {
  const { issuer, restart } = await issuing(t);
  const [unused, used] = [await codeFor("ada", issuer), await codeFor("ada", issuer)];
  await redeem(issuer, used);
  await restart();
  assert.equal((await redeem(issuer, unused)).person, "ada");
  await assert.rejects(redeem(issuer, used), { name: "SignInFailed" });
});

test("everything that is kept is for its owner alone, and keys once written stay as they are", async (t) => {
  const { folder, issuer, restart } = await issuing(t);
  await tokenFor("ada", issuer);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  assert.equal(mode(folder), "700");
  const files = readdirSync(folder);
  assert.ok(files.includes("secrets.json") && files.includes("sign_in.sqlite"));
  for (const file of files) assert.equal(mode(join(folder, file)), "600", file);
  const secrets = readFileSync(join(folder, "secrets.json"), "utf8");
  chmodSync(join(folder, "secrets.json"), 0o644);
  await restart();
  assert.equal(mode(join(folder, "secrets.json")), "600");
  assert.equal(readFileSync(join(folder, "secrets.json"), "utf8"), secrets);
});

test("of two who make keys in one folder at once, both hold the same ones", async (t) => {
  const { folder } = await issuing(t);
  const fresh = join(folder, "fresh");
  openFolder(fresh);
  const [one, other] = await Promise.all([loadSecrets(fresh), loadSecrets(fresh)]);
  assert.deepEqual(one, other);
  assert.deepEqual(readdirSync(fresh), ["secrets.json"]);
});

for (const [file, text] of [
  ["secrets.json", ""],
  ["secrets.json", '{"signingKeys":[{"kty":"RSA","d":"secret-key"'],
  ["secrets.json", '{"signingKeys":[],"cookieKeys":[]}'],
  ["sign_in.sqlite", "this was never a database".repeat(400)],
] as const) {
  test(`a ${file} of ${text.length} wrong bytes is told by its name, without what is in it`, async (t) => {
    const { folder, issuer, signIn, restart } = await issuing(t);
    await tokenFor("ada", issuer);
    signIn().close();
    writeFileSync(join(folder, file), text);
    await assert.rejects(restart(), (error: Error) => {
      assert.equal(error.name, "SignInFilesDamaged");
      assert.ok(error.message.startsWith(join(folder, file)), error.message);
      assert.doesNotMatch(error.message, /secret-key|never a database/);
      return true;
    });
  });
}
