import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { load } from "@crowbar/domain/chat";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { AccessTokens } from "../../../edge/auth/access_tokens.ts";
import { IssuerKeys } from "../../../edge/auth/issuer_keys.ts";
import { SystemClock } from "../../../edge/context/system_clock.ts";
import { clientId } from "../../../edge/local/sign_in/client.ts";
import { personOf } from "../../../edge/local/sign_in/person.ts";
import { lifetimes } from "../../../edge/local/sign_in/provider.ts";
import { Browser, codeFor, redeem, refresh, SignInFailed, tokenFor } from "../../../edge/local/sign_in/walk_sign_in.ts";
import { issuing } from "./issuing.ts";
import { authorize, beginSignIn, formType, pkce, raw, token } from "./requests.ts";

test("ada signs in with her name and gets tokens as Cognito makes them", async (t) => {
  const { issuer, errors } = await issuing(t);
  const tokens = await tokenFor("ada", issuer);
  assert.equal(tokens.person, "ada");
  assert.equal(tokens.expiresIn, 3600);
  // The way by which the stack finds Cognito's keys too.
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

  const access = await jwtVerify(tokens.accessToken, keys, { algorithms: ["RS256"], issuer });
  const { jti, iat, exp, ...said } = access.payload;
  const expected = { sub: "ada", username: "ada", client_id: clientId, token_use: "access", scope: "openid profile" };
  assert.deepEqual(said, { ...expected, iss: issuer });
  assert.equal((exp ?? 0) - (iat ?? 0), 3600);
  assert.ok((jti ?? "").length >= 20);
  assert.deepEqual(Object.keys(access.protectedHeader).sort(), ["alg", "kid"]);

  const id = await jwtVerify(tokens.idToken, keys, { algorithms: ["RS256"], issuer, audience: clientId });
  const { sub, token_use, name, "cognito:username": username } = id.payload;
  assert.deepEqual([sub, token_use, name, username], ["ada", "id", "ada", "ada"]);
  assert.deepEqual(errors, []);
});

test("the stack's own verifier takes the access token and not the ID token, by the keys that it asks the issuer for", async (t) => {
  const { issuer } = await issuing(t);
  const { accessToken, idToken } = await tokenFor("Ada Lovelace", issuer);
  const clock = new SystemClock();
  const chat = await load();
  const keys = new IssuerKeys({ clock, issuer });
  const verifier = new AccessTokens({ keys, clock, issuer, clientId, check: (json) => chat.check(json) });
  assert.deepEqual(await verifier.verify(accessToken), { id: personOf("Ada Lovelace").id, roles: [] });
  assert.equal(await verifier.verify(idToken), undefined);
});

test("the same name is the same person, however it was typed; another one is somebody else", async (t) => {
  const { issuer, signIn } = await issuing(t);
  const ids: string[] = [];
  for (const name of ["Zoë", "  Zoe\u0308 ", "Zoe", "zoe", "Zoë"]) ids.push((await tokenFor(name, issuer)).person);
  assert.deepEqual(ids, [ids[0], ids[0], ids[2], "zoe", ids[0]]);
  assert.match(String(ids[0]), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, 3);
  assert.equal(signIn().people, 3);
});

test("a discovered issuer says where everything is, and offers nothing that is not served", async (t) => {
  const { issuer } = await issuing(t);
  const found = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  assert.equal(found.issuer, issuer);
  assert.equal(found.authorization_endpoint, `${issuer}/oauth2/authorize`);
  assert.equal(found.token_endpoint, `${issuer}/oauth2/token`);
  assert.equal(found.jwks_uri, `${issuer}/.well-known/jwks.json`);
  assert.deepEqual(found.code_challenge_methods_supported, ["S256"]);
  assert.deepEqual(found.response_modes_supported, ["query"]);
  assert.deepEqual(found.response_types_supported, ["code"]);
  const { keys } = await (await fetch(found.jwks_uri)).json();
  assert.deepEqual(Object.keys(keys[0]).sort(), ["alg", "e", "kid", "kty", "n", "use"]);
});

const refusedToBegin: readonly (readonly [string, Readonly<Record<string, string | undefined>>, string])[] = [
  ["no code challenge", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
  ["a plain code challenge", { code_challenge_method: "plain" }, "invalid_request"],
  ["a token instead of a code", { response_type: "token" }, "unsupported_response_type"],
  ["a consent that nobody has to give", { prompt: "consent" }, "invalid_request"],
  ["another resource", { resource: "http://elsewhere.example/" }, "invalid_target"],
];
for (const [what, changes, code] of refusedToBegin) {
  test(`who asks with ${what} is sent back with ${code}, and with the state`, async (t) => {
    const { issuer, origin } = await issuing(t);
    const { status, headers } = await raw(authorize(issuer, changes));
    const back = new URL(String(headers.location));
    assert.equal(status, 303);
    assert.equal(back.origin + back.pathname, `${origin}/callback`);
    // Who asks for tokens in the address is told behind the #, as they would have got them.
    const told = new URLSearchParams(back.search || back.hash.slice(1));
    assert.equal(told.get("error"), code);
    assert.equal(told.get("state"), "s1");
  });
}

const leadAway: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[] = [
  ["another origin", { redirect_uri: "https://evil.example/callback" }],
  ["another port", { redirect_uri: "http://127.0.0.1:1/callback" }],
  ["another path", { redirect_uri: "/callback/../evil" }],
  ["credentials before the host", { redirect_uri: "http://evil@127.0.0.1/callback" }],
  ["an unknown client", { client_id: "somebody" }],
  ["a form that posts itself", { response_mode: "form_post" }],
];
for (const [what, changes] of leadAway) {
  test(`who asks with ${what} is sent nowhere`, async (t) => {
    const { issuer, origin } = await issuing(t);
    const redirect = changes.redirect_uri?.startsWith("/") ? { redirect_uri: origin + changes.redirect_uri } : {};
    const headers = { accept: "text/html" };
    const answer = await raw(authorize(issuer, { ...changes, ...redirect }), { headers });
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.location, undefined);
    assert.doesNotMatch(answer.body, /<script|evil/);
  });
}

test("a code is worth nothing without its verifier, its redirect and its client", async (t) => {
  const { issuer, origin } = await issuing(t);
  const form = async () => {
    const { code, verifier } = await codeFor("ada", issuer);
    const redirect_uri = `${origin}/callback`;
    return { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri };
  };
  const { code_verifier: _, ...without } = await form();
  const changed = [
    [without, "invalid_grant"],
    [{ ...(await form()), code_verifier: pkce.verifier }, "invalid_grant"],
    [{ ...(await form()), redirect_uri: `${origin}/` }, "invalid_grant"],
    [{ ...(await form()), client_id: "somebody" }, "invalid_client"],
    [{ ...(await form()), code: "made-up" }, "invalid_grant"],
    [{ ...(await form()), grant_type: "password" }, "unsupported_grant_type"],
  ] as const;
  for (const [wrong, code] of changed) assert.equal((await token(issuer, wrong)).error, code);
  assert.equal((await token(issuer, await form())).status, 200);
});

test("a code is taken once; using it again takes back what it gave", async (t) => {
  const { issuer } = await issuing(t);
  const code = await codeFor("ada", issuer);
  const { refreshToken } = await redeem(issuer, code);
  await refresh(issuer, refreshToken);
  await assert.rejects(
    redeem(issuer, code),
    new SignInFailed(`${issuer}/oauth2/token answered 400 invalid_grant: grant request is invalid.`),
  );
  await assert.rejects(refresh(issuer, refreshToken), SignInFailed);
});

test("of many who send the same code at once, one is answered with tokens", async (t) => {
  const { issuer } = await issuing(t);
  const code = await codeFor("ada", issuer);
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => redeem(issuer, code)));
  assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
});

test("a refresh token stays the same and gives new tokens, until it is taken back", async (t) => {
  const { issuer } = await issuing(t);
  const first = await tokenFor("ada", issuer);
  const second = await refresh(issuer, first.refreshToken);
  assert.equal(second.refreshToken, first.refreshToken);
  assert.notEqual(second.accessToken, first.accessToken);
  assert.equal(second.person, "ada");
  const body = new URLSearchParams({ client_id: clientId, token: first.refreshToken });
  assert.equal((await fetch(`${issuer}/oauth2/revoke`, { method: "POST", body })).status, 200);
  await assert.rejects(refresh(issuer, first.refreshToken), SignInFailed);
  await assert.rejects(refresh(issuer, "made-up"), SignInFailed);
});

test("codes hold for five minutes, refresh tokens for thirty days", async (t) => {
  const { issuer } = await issuing(t);
  const code = await codeFor("ada", issuer);
  const { refreshToken } = await tokenFor("ada", issuer);
  mock.timers.enable({ apis: ["Date"], now: Date.now() });
  t.after(() => mock.timers.reset());
  mock.timers.tick(lifetimes.code * 1000);
  await assert.rejects(redeem(issuer, code), SignInFailed);
  mock.timers.tick((lifetimes.refresh - lifetimes.code - 60) * 1000);
  await refresh(issuer, refreshToken);
  mock.timers.tick(60_000);
  await assert.rejects(refresh(issuer, refreshToken), SignInFailed);
});

test("who is signed in gets a code without being asked; with prompt=login somebody else may take their place", async (t) => {
  const { issuer, origin, errors } = await issuing(t);
  const browser = new Browser();
  await redeem(issuer, await codeFor("ada", issuer, browser));
  const silent = await browser.follow(authorize(issuer, { prompt: "none" }), `${origin}/callback`);
  assert.ok(new URL(silent).searchParams.has("code"));
  assert.equal((await redeem(issuer, await codeFor("bob", issuer, browser))).person, "bob");
  const code = new URL(await browser.follow(authorize(issuer), `${origin}/callback`)).searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, code_verifier: pkce.verifier };
  const { access_token = "" } = await token(issuer, { ...form, redirect_uri: `${origin}/callback` });
  const { sub } = JSON.parse(Buffer.from(access_token.split(".")[1] ?? "", "base64url").toString());
  assert.equal(sub, "bob");
  assert.deepEqual(errors, []);
});

test("who is not signed in and may not be asked is told so", async (t) => {
  const { issuer, origin } = await issuing(t);
  const { headers } = await raw(authorize(issuer, { prompt: "none" }));
  assert.match(String(headers.location), new RegExp(`^${origin}/callback\\?error=login_required&`));
});

test("who leaves the page is sent back with access_denied", async (t) => {
  const { issuer, origin } = await issuing(t);
  const { page, cookie } = await beginSignIn(issuer);
  const left = await raw(`${page}/cancel`, { method: "POST", headers: { cookie, ...formType } });
  const back = await raw(String(left.headers.location), { headers: { cookie } });
  assert.match(String(back.headers.location), new RegExp(`^${origin}/callback\\?error=access_denied&`));
});

test("a stack that is not there is told by its address", async () => {
  await assert.rejects(tokenFor("ada", "http://127.0.0.1:9/auth"), {
    name: "SignInFailed",
    message: "http://127.0.0.1:9 does not answer. Is the stack running (npm start)?",
  });
});
