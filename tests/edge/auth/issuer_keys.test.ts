import assert from "node:assert/strict";
import { test } from "node:test";
import { IssuerKeys } from "../../../edge/auth/issuer_keys.ts";
import { KeysUnavailable } from "../../../edge/auth/keys.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { next, noon, ours } from "./issuer.ts";
import { KeyServer } from "./key_server.ts";

const minutes = 60_000;
const wellKnown = "/.well-known/jwks.json";

async function start(options: { readonly timeoutMs?: number; readonly path?: string } = {}) {
  const server = await KeyServer.start([ours.jwk]);
  const clock = new FixedClock(noon);
  const failures: string[] = [];
  const keys = new IssuerKeys({
    clock,
    issuer: `${server.issuer}${options.path ?? ""}`,
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    onFailure: (error) => failures.push(error.message),
  });
  return { server, clock, keys, failures, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Waits until it is so. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test("the keys lie at the issuer's well-known place, with its path, or where it is said", async () => {
  await using t = await start({ path: "/pool/" });
  await t.keys.find(ours.kid);
  const elsewhere = new IssuerKeys({
    clock: t.clock,
    issuer: "https://issuer.example",
    url: `${t.server.issuer}/keys`,
  });
  await elsewhere.find(ours.kid);
  assert.deepEqual(t.server.asked, [`/pool${wellKnown}`, "/keys"]);
});

test("known keys are asked for once", async () => {
  await using t = await start();
  for (let i = 0; i < 100; i += 1) assert.deepEqual(await t.keys.find(ours.kid), ours.jwk);
  assert.equal(t.server.asked.length, 1);
});

test("a thousand who ask at once share one fetch", async () => {
  await using t = await start();
  const found = await Promise.all(Array.from({ length: 1000 }, () => t.keys.find(ours.kid)));
  assert.equal(new Set(found).size, 1);
  assert.equal(t.server.asked.length, 1);
});

test("whoever asks while the issuer takes its time waits for the same fetch", async () => {
  await using t = await start();
  const { answer } = t.server;
  const { promise: asked, resolve } = Promise.withResolvers<() => void>();
  t.server.answer = (request, response) => resolve(() => answer(request, response));
  const first = t.keys.find(ours.kid);
  const go = await asked;
  await t.clock.advance(5 * minutes);
  const second = t.keys.find(ours.kid);
  go();
  assert.deepEqual([await first, await second], [ours.jwk, ours.jwk]);
  assert.equal(t.server.asked.length, 1);
});

test("a flood of unknown ids fetches once in five minutes", async () => {
  await using t = await start();
  const flood = () => Promise.all(Array.from({ length: 100 }, (_, i) => t.keys.find(`made-up-${i}`)));
  await flood();
  assert.equal(t.server.asked.length, 1);
  await t.clock.advance(5 * minutes - 1);
  assert.ok((await flood()).every((key) => key === undefined));
  assert.equal(t.server.asked.length, 1);
  await t.clock.advance(1);
  await flood();
  assert.equal(t.server.asked.length, 2);
});

test("old keys verify on while the issuer is away; who comes with a new one waits", async () => {
  await using t = await start();
  await t.keys.find(ours.kid);
  t.server.fail();
  await t.clock.advance(5 * minutes);
  await assert.rejects(t.keys.find(next.kid), KeysUnavailable);
  assert.deepEqual(await t.keys.find(ours.kid), ours.jwk);
  assert.equal(t.failures.length, 1);

  t.server.publish({ keys: [next.jwk] });
  await t.clock.advance(10_000 - 1);
  await assert.rejects(t.keys.find(next.kid), KeysUnavailable);
  assert.equal(t.server.asked.length, 2);
  await t.clock.advance(1);
  assert.deepEqual(await t.keys.find(next.kid), next.jwk);
  assert.equal(await t.keys.find("made-up"), undefined, "and an id that nobody has is unknown again");
});

test("a set of an hour is fetched anew while nobody waits, so that a key can be taken back", async () => {
  await using t = await start();
  await t.keys.find(ours.kid);
  t.server.publish({ keys: [next.jwk] });
  await t.clock.advance(60 * minutes - 1);
  await t.keys.find(ours.kid);
  await fetch(`${t.server.issuer}/later`);
  assert.deepEqual(t.server.asked, [wellKnown, "/later"]);
  await t.clock.advance(1);
  assert.deepEqual(await t.keys.find(ours.kid), ours.jwk);
  await until(() => t.server.asked.length === 3);
  assert.deepEqual(await t.keys.find(next.kid), next.jwk);
  assert.equal(await t.keys.find(ours.kid), undefined);
});

test("a clock that is set back stops nothing", async () => {
  await using t = await start();
  await t.keys.find("made-up");
  const earlier = new FixedClock(noon - 24 * 60 * minutes);
  t.clock.now = () => earlier.now();
  await Promise.all([t.keys.find("made-up"), t.keys.find("made-up")]);
  assert.equal(t.server.asked.length, 2);
});

for (const [name, wrong] of Object.entries({
  "answers 500": (server: KeyServer) => server.publish({ keys: [next.jwk] }, 500),
  "answers 204": (server: KeyServer) => server.publish("", 204),
  "sends no JSON": (server: KeyServer) => server.publish("<html>"),
  "sends no set": (server: KeyServer) => server.publish([next.jwk]),
  "sends null": (server: KeyServer) => server.publish("null"),
  "sends an empty set": (server: KeyServer) => server.publish({ keys: [] }),
  "sends keys that verify nothing": (server: KeyServer) =>
    server.publish({ keys: [{ kty: "oct", k: "AAAA" }, null, 7] }),
  "sends 200 keys": (server: KeyServer) =>
    server.publish({ keys: Array.from({ length: 200 }, (_, i) => ({ ...next.jwk, kid: `key-${i}` })) }),
  "sends us elsewhere": (server: KeyServer) => {
    const there = JSON.stringify({ keys: [next.jwk] });
    server.answer = ({ url }, response) =>
      url === wellKnown ? response.writeHead(302, { location: "/elsewhere" }).end() : response.end(there);
  },
  "breaks off": (server: KeyServer) => {
    server.answer = (_, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write("{");
      response.destroy();
    };
  },
  "hangs up": (server: KeyServer) => server.fail(),
  "never answers": (server: KeyServer) => {
    server.answer = () => {};
  },
  "never ends": (server: KeyServer) => {
    server.answer = (_, response) => response.writeHead(200).write('{"keys":[');
  },
})) {
  test(`an issuer that ${name} takes no key away`, async () => {
    await using t = await start({ timeoutMs: name.startsWith("never") ? 1_000 : 10_000 });
    await t.keys.find(ours.kid);
    wrong(t.server);
    await t.clock.advance(5 * minutes);
    await assert.rejects(t.keys.find(next.kid), KeysUnavailable);
    assert.deepEqual(await t.keys.find(ours.kid), ours.jwk);
    assert.equal(t.failures.length, 1);
  });
}

test("no more than 256 KB are taken of what an issuer sends", async () => {
  await using t = await start();
  t.server.answer = (_, response) => {
    const more = () => {
      while (response.write("x".repeat(65_536))) {}
      response.once("drain", more);
    };
    more();
  };
  await assert.rejects(t.keys.find(ours.kid), KeysUnavailable);
  assert.match(t.failures[0] ?? "", /more than 262144 bytes/);
});

test("an issuer that was never there is unavailable", async () => {
  await using t = await start();
  t.server.fail();
  await assert.rejects(t.keys.find(ours.kid), KeysUnavailable);
});

test("keys come over https, or from this machine", () => {
  const clock = new FixedClock(noon);
  for (const issuer of ["http://issuer.example", "file:///etc/keys", "ftp://127.0.0.1", "no address"]) {
    assert.throws(() => new IssuerKeys({ clock, issuer }), TypeError, issuer);
  }
  assert.ok(new IssuerKeys({ clock, issuer: "https://issuer.example" }));
});
