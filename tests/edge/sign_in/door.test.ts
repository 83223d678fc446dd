import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ownOrigins } from "../../../edge/local/sign_in/client.ts";
import { Browser, codeFor, redeem, SignInFailed, tokenFor } from "../../../edge/local/sign_in/walk_sign_in.ts";
import { issuing } from "./issuing.ts";
import { authorize, beginSignIn, formType, raw } from "./requests.ts";

test("a page under a foreign name that points at this machine is served nothing", async (t) => {
  const { issuer, origin } = await issuing(t);
  const { port } = new URL(origin);
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1:${port}.evil.example`]) {
    const answer = await raw(`${issuer}/.well-known/openid-configuration`, { headers: { host } });
    assert.equal(answer.status, 421, host);
    assert.doesNotMatch(answer.body, /evil/);
  }
});

test("this machine's other names lead to the issuer's own, where its cookies are", async (t) => {
  const { issuer, origin } = await issuing(t);
  const host = `localhost:${new URL(origin).port}`;
  const answer = await raw(authorize(issuer), { headers: { host } });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.location, authorize(issuer));
  assert.deepEqual(ownOrigins("https://chat.example/auth"), ["https://chat.example"]);
});

test("every page forbids scripts, frames and foreign forms, and cookies are for the server alone", async (t) => {
  const { issuer } = await issuing(t);
  const begun = await raw(authorize(issuer));
  for (const cookie of [begun.headers["set-cookie"] ?? []].flat()) {
    assert.match(cookie, /; path=\/auth\/.*samesite=lax.*httponly/i);
  }
  const { page, cookie } = await beginSignIn(issuer);
  const pages = [
    await raw(page, { headers: { cookie } }),
    await raw(page),
    await raw(`${issuer}/nothing`),
    await raw(`${issuer}/logout`),
    await raw(authorize(issuer, { client_id: "x" }), { headers: { accept: "text/html" } }),
  ];
  for (const { headers, body } of pages) {
    const policy = String(headers["content-security-policy"]);
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'.*form-action 'self'/);
    assert.doesNotMatch(policy, /script-src|unsafe/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.doesNotMatch(body, /<script|\son\w+=|style=/);
  }
});

test("a form from elsewhere, without the browser's cookie, or for another browser's sign-in is refused", async (t) => {
  const { issuer, origin, signIn } = await issuing(t);
  const [own, other] = [await beginSignIn(issuer), await beginSignIn(issuer)];
  const send = (headers: Record<string, string>) =>
    raw(own.page, { method: "POST", headers: { ...formType, ...headers }, body: "name=ada" });
  assert.equal((await send({ cookie: own.cookie, origin: "https://evil.example" })).status, 403);
  assert.equal((await send({ cookie: own.cookie, origin: "null" })).status, 403);
  const foreign = await send({});
  assert.equal(foreign.status, 400);
  assert.match(foreign.body, /begun in another browser\. Go back to the app and begin again/);
  assert.equal((await send({ cookie: other.cookie })).status, 400);
  assert.equal(
    (await send({ cookie: own.cookie.replace(/crowbar_sign_in.sig=[^;]*/, "crowbar_sign_in.sig=x") })).status,
    400,
  );
  assert.equal(
    (await raw(own.page, { method: "POST", headers: { cookie: own.cookie }, body: "name=ada" })).status,
    400,
  );
  assert.equal(signIn().people, 0);
  assert.equal((await send({ cookie: own.cookie, origin })).status, 303);
});

test("names that are empty, absurd or harmful are told so, and shown as text", async (t) => {
  const { issuer, signIn } = await issuing(t);
  const { page, cookie } = await beginSignIn(issuer);
  const send = (body: string) => raw(page, { method: "POST", headers: { ...formType, cookie }, body });
  const wrong = ["", "   ", "\u200b", "a\u0000b", "a\nb", "\u202eada", "x".repeat(81), "😀".repeat(81)];
  for (const name of wrong) {
    const { status, body } = await send(String(new URLSearchParams({ name })));
    assert.equal(status, 422, JSON.stringify(name));
    assert.match(body, /role="alert">A name is 1 to 80 characters that can be seen\.</);
  }
  assert.equal((await send("name=%ff%fe")).status, 422);
  assert.equal((await send("")).status, 422);
  assert.equal((await send(`name=${"x".repeat(5000)}`)).status, 413);
  const { body } = await send(String(new URLSearchParams({ name: `"><script>${"x".repeat(90)}` })));
  assert.match(body, /value="&quot;&gt;&lt;script&gt;x+"/);
  assert.equal(signIn().people, 0);
  for (const name of ["😀".repeat(80), "x".repeat(80), "<b>'\"&", "आदित्य"]) await tokenFor(name, issuer);
  assert.equal(signIn().people, 4);
  assert.match((await raw(page, { headers: { cookie } })).body, /value="&lt;b&gt;&#39;&quot;&amp;"/);
});

test("a flood of new names is slowed and ends; who is known gets in all the same", async (t) => {
  const { issuer, clock, signIn } = await issuing(t, { limits: { most: 4, burst: 2, perSecond: 1 } });
  await tokenFor("ada", issuer);
  await tokenFor("bob", issuer);
  await assert.rejects(tokenFor("cleo", issuer), /429.*Too many new people at once/);
  await tokenFor("ada", issuer);
  await clock.advance(1000);
  await tokenFor("cleo", issuer);
  await clock.advance(60_000);
  await tokenFor("dan", issuer);
  await assert.rejects(tokenFor("eve", issuer), /503.*There are 4 people here, which is the limit/);
  await tokenFor("cleo", issuer);
  assert.equal(signIn().people, 4);
});

test("signing out ends the session after asking, and leads nowhere but to the app", async (t) => {
  const { issuer, origin, errors } = await issuing(t);
  const to = (address: string) =>
    `${issuer}/logout?${new URLSearchParams({ client_id: "crowbar-local", post_logout_redirect_uri: address, state: "s2" })}`;
  const browser = new Browser();
  await redeem(issuer, await codeFor("ada", issuer, browser));
  await assert.rejects(browser.follow(to("https://evil.example/"), origin), SignInFailed);
  const page = await browser.page(to(`${origin}/signed-out`));
  const [, action = ""] = /action="([^"]+)"/.exec(page) ?? [];
  const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
  await browser.follow(action, origin, new URLSearchParams({ xsrf: "wrong", logout: "yes" }));
  assert.match(browser.told, /answered 400/);
  const out = await browser.follow(action, `${origin}/signed-out`, new URLSearchParams({ xsrf, logout: "yes" }));
  assert.equal(out, `${origin}/signed-out?state=s2`);
  const silent = await browser.follow(authorize(issuer, { prompt: "none" }), `${origin}/callback`);
  assert.match(silent, /error=login_required/);
  // Who is signed out already is not asked.
  assert.equal(await browser.follow(to(`${origin}/signed-out`), `${origin}/signed-out`), out);
  assert.match(await browser.page(to("https://evil.example/")), /You are signed out/);
  assert.deepEqual(errors, []);
});

test("other origins get no answer that they could read, the app's own do", async (t) => {
  const { issuer, origin } = await issuing(t, { origins: ["http://127.0.0.1:5173"] });
  const ask = async (from: string) => {
    const body = new URLSearchParams({ client_id: "crowbar-local", grant_type: "refresh_token", refresh_token: "x" });
    const response = await fetch(`${issuer}/oauth2/token`, { method: "POST", body, headers: { origin: from } });
    return response.headers.get("access-control-allow-origin");
  };
  assert.equal(await ask(origin), origin);
  assert.equal(await ask("http://127.0.0.1:5173"), "http://127.0.0.1:5173");
  assert.equal(await ask("https://evil.example"), null);
  assert.equal(await ask("null"), null);
});

test("paths that are not the issuer's, and odd ones, are answered 404 and never break it", async (t) => {
  const { issuer, origin, errors } = await issuing(t);
  for (const path of ["/", "/auth", "/authx/y", "/auth/", "/auth//", "/auth/%00", "/auth/%", "/auth/../secrets.json"]) {
    const answer = await raw(origin, { path });
    assert.equal(answer.status, 404, path);
  }
  assert.equal((await raw(`${issuer}/interaction/x/cancel`)).status, 404);
  assert.deepEqual(errors, []);
});

test("nothing is written to the console, whatever happens", async () => {
  const script = fileURLToPath(new URL("silent_process.ts", import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  assert.equal(stdout, "ada\n");
  assert.equal(stderr, "");
});
