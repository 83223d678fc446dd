import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSync } from "@crowbar/domain/chat";
import { AccessTokens, type AccessTokensOptions } from "../../../edge/auth/access_tokens.ts";
import { FixedKeys } from "../../../edge/auth/fixed_keys.ts";
import { KeysUnavailable } from "../../../edge/auth/keys.ts";
import type { TokenFlaw } from "../../../edge/auth/token_flaw.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { forged } from "./forged.ts";
import {
  claims,
  clientId,
  header,
  issuer,
  next,
  noon,
  ours,
  secondsAfterNoon,
  token,
  withClaims,
  withHeader,
  without,
} from "./issuer.ts";

const chat = loadSync();
const check = chat.check.bind(chat);
const ada = { id: "ada", roles: [] };

function verifier(options: Partial<AccessTokensOptions> = {}) {
  const flaws: TokenFlaw[] = [];
  const clock = new FixedClock(noon);
  const keys = new FixedKeys([ours.jwk, next.jwk]);
  const onRefused = (flaw: TokenFlaw) => flaws.push(flaw);
  const tokens = new AccessTokens({ issuer, clientId, keys, clock, check, onRefused, ...options });
  return { tokens, flaws, clock, keys };
}

test("Cognito's access token names its person", async () => {
  const { tokens, flaws } = verifier();
  assert.deepEqual(await tokens.verify(token()), ada);
  assert.deepEqual(flaws, []);
});

for (const [name, changed, person] of [
  [
    "groups as roles",
    withClaims({ "cognito:groups": ["admin", "eu-west_1", "Führung"] }),
    ["admin", "eu-west_1", "Führung"],
  ],
  ["no groups", withClaims({ "cognito:groups": [] }), []],
  ["the kind JWT", withHeader({ typ: "JWT" }), []],
  ["the kind at+jwt", withHeader({ typ: "at+jwt" }), []],
  ["the kind application/at+jwt", withHeader({ typ: "Application/AT+JWT" }), []],
  ["nbf gone by", withClaims({ nbf: secondsAfterNoon(-1) }), []],
  ["no iat", without("iat"), []],
  ["aud, which is the client", withClaims({ aud: clientId }), []],
  ["aud, which names the client", withClaims({ aud: ["https://elsewhere.example", clientId] }), []],
  ["claims of its own", withClaims({ "custom:team": { name: "blue", lead: null, list: [1, true, "x"] } }), []],
  ["a member called __proto__", token(header, JSON.stringify(claims).replace("{", '{"__proto__":{"sub":"bob"},')), []],
  [
    "members in another order",
    token({ alg: "RS256", kid: ours.kid }, Object.fromEntries(Object.entries(claims).reverse())),
    [],
  ],
  ["space around its JSON", token(` ${JSON.stringify(header)}\n`, `\t${JSON.stringify(claims)} `), []],
  ["the issuer's other key", token({ ...header, kid: next.kid }, claims, next.privateKey), []],
] as const) {
  test(`a token with ${name} is taken`, async () => {
    assert.deepEqual(await verifier().tokens.verify(changed), { id: "ada", roles: person });
  });
}

for (const id of ["a", "018df4c1-4800-7000-8000-000000000001", "_x", "Ada.B:c@d~e-f", "a".repeat(128)]) {
  test(`${id.slice(0, 40)} is a person's id`, async () => {
    assert.deepEqual(await verifier().tokens.verify(withClaims({ sub: id })), { id, roles: [] });
  });
}

test("an audience of our own is asked for where one is named", async () => {
  const { tokens } = verifier({ audience: "https://chat.example" });
  assert.deepEqual(await tokens.verify(withClaims({ aud: "https://chat.example" })), ada);
  assert.deepEqual(await tokens.verify(token()), ada);
  assert.equal(await tokens.verify(withClaims({ aud: clientId })), undefined);
});

for (const remembered of [0, 10]) {
  const kept = remembered === 0 ? "never remembered" : "remembered";
  test(`a token that is ${kept} holds for 60 s beyond its end, and no moment longer`, async () => {
    const { tokens, clock, flaws } = verifier({ remembered });
    const short = withClaims({ exp: secondsAfterNoon(10) });
    assert.deepEqual(await tokens.verify(short), ada);
    await clock.advance(69_999);
    assert.deepEqual(await tokens.verify(short), ada);
    await clock.advance(1);
    assert.equal(await tokens.verify(short), undefined);
    assert.equal(await tokens.verify(short), undefined);
    assert.deepEqual(flaws, ["time", "time"]);
  });

  test(`a token that is ${kept} holds from 60 s before its beginning, and no moment sooner`, async () => {
    for (const begin of ["nbf", "iat"]) {
      const { tokens, clock, flaws } = verifier({ remembered });
      const early = withClaims({ [begin]: secondsAfterNoon(61) });
      await clock.advance(999);
      assert.equal(await tokens.verify(early), undefined);
      await clock.advance(1);
      assert.deepEqual(await tokens.verify(early), ada);
      assert.deepEqual(flaws, ["time"]);
    }
  });
}

test("there are at least 40 kinds of forged tokens, and no two are one", () => {
  const texts = Object.values(forged);
  assert.ok(texts.length >= 40, `${texts.length}`);
  assert.equal(new Set(texts).size, texts.length);
  assert.ok(!texts.includes(token()));
});

for (const [name, text] of Object.entries(forged)) {
  test(`refused: ${name}`, async () => {
    const { tokens, flaws } = verifier();
    assert.equal(await tokens.verify(text), undefined);
    assert.equal(await tokens.verify(text), undefined);
    assert.equal(flaws.length, 2, "one reason each time, for the log");
    // The right one is remembered, and nothing that looks like it is let in for that.
    assert.deepEqual(await tokens.verify(token()), ada);
    assert.equal(await tokens.verify(text), undefined);
  });
}

test("the log says why, and nobody else", async () => {
  const { tokens, flaws } = verifier();
  const why = {
    "four parts": "form",
    "a space inside": "form",
    "bits left over in the signature": "form",
    "a megabyte": "form",
    "header a list": "header",
    "kid a number": "header",
    "our own key embedded": "header",
    "alg none with a signature of its own": "algorithm",
    "claims a list": "claims",
    "exp twice": "claims",
    "another issuer": "issuer",
    "another client": "client",
    "made for another audience": "audience",
    "an id token that names the client": "use",
    "exp 0": "time",
    "sub empty": "person",
    "groups a text": "groups",
    "kid unknown": "key",
    "another key under our kid": "signature",
  } as const satisfies Record<string, TokenFlaw>;
  for (const [name, flaw] of Object.entries(why)) {
    await tokens.verify(forged[name] ?? assert.fail(name));
    assert.equal(flaws.pop(), flaw, name);
  }
});

test("a token is verified once and then remembered", async () => {
  const { tokens, keys } = verifier();
  const asked: string[] = [];
  const find = keys.find.bind(keys);
  keys.find = (keyId) => {
    asked.push(keyId);
    return find(keyId);
  };
  const first = await tokens.verify(token());
  assert.strictEqual(await tokens.verify(token()), first, "the very same person");
  assert.ok(Object.isFrozen(first) && Object.isFrozen(first?.roles), "whom nobody can change for the others");
  assert.deepEqual(asked, [ours.kid, ours.kid], "and each time the key is asked for");
});

test("a key that the issuer has taken back lets nobody in any more, remembered or not", async () => {
  const { tokens, keys, flaws } = verifier();
  assert.deepEqual(await tokens.verify(token()), ada);
  keys.publish([next.jwk]);
  assert.equal(await tokens.verify(token()), undefined);
  keys.publish([{ ...next.jwk, kid: ours.kid }]);
  assert.equal(await tokens.verify(token()), undefined);
  assert.deepEqual(flaws, ["key", "signature"]);
});

test("what is not worth it never reaches the issuer", async () => {
  const { tokens, keys } = verifier();
  keys.find = () => assert.fail("the keys were asked for");
  for (const text of [
    withClaims({ iss: "https://evil.example" }),
    withClaims({ exp: 1 }),
    withHeader({ alg: "none" }),
  ]) {
    assert.equal(await tokens.verify(text), undefined);
  }
});

test("nobody is let in where the keys cannot be had, and it is said that way", async () => {
  const { tokens, keys } = verifier();
  keys.find = () => Promise.reject(new KeysUnavailable("The issuer is away."));
  await assert.rejects(tokens.verify(token()), KeysUnavailable);
});

test("the tokens that are remembered are bounded: the one used last goes last", async () => {
  const { tokens } = verifier({ remembered: 2 });
  const of = (sub: string) => withClaims({ sub });
  const ada1 = await tokens.verify(of("ada"));
  const bob1 = await tokens.verify(of("bob"));
  assert.strictEqual(await tokens.verify(of("ada")), ada1);
  await tokens.verify(of("eve"));
  assert.strictEqual(await tokens.verify(of("ada")), ada1);
  const bob2 = await tokens.verify(of("bob"));
  assert.deepEqual(bob2, bob1);
  assert.notStrictEqual(bob2, bob1, "bob was forgotten, and verified again");
});
