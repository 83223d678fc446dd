// The way of a request as it is deployed: CloudFront, the function at the edge, the commands function.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { commandsApp } from "../../../edge/commands/app.ts";
import { Rate } from "../../../edge/commands/rate.ts";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { forged } from "../auth/forged.ts";
import { noon } from "../auth/issuer.ts";
import { create, domain, general, join, say, small } from "../commands/said.ts";
import { adas, atTheEdge, home, realVerifier } from "../viewer/at_the_edge.ts";
import { answersIn, outcomeOf, request, type Serving, serving } from "./serving.ts";

const { handler } = atTheEdge();

function whole(): Promise<Serving> {
  const parts = small();
  const app = commandsApp({
    commands: parts.commands,
    domain,
    verifier: realVerifier(new FixedClock(noon)),
    ids: new CountedIds(),
    rate: new Rate(parts.clock, { perSecond: 100, burst: 200 }),
    routes: [],
    report: (defect) => parts.defects.push(defect),
  });
  return serving({ viewer: handler, origin: (asked) => app.fetch(asked) });
}
const post = (t: Serving, body: object | string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${t.address}/commands`, {
    method: "POST",
    headers: { authorization: adas, "content-type": "application/json", ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
  });

test("a command goes all the way to the commands function", async () => {
  await using t = await whole();
  const accepted = await post(t, create(1));
  assert.equal(accepted.status, 200);
  assert.equal(((await accepted.json()) as { stream: string }).stream, general);
  assert.equal(await outcomeOf(await post(t, create(2))), "422 channel_already_exists");
  const list = (await (await post(t, [join(3), say(4), { ...say(5), more: 1 }])).json()) as { status: number }[];
  assert.deepEqual(
    list.map(({ status }) => status),
    [200, 200, 400],
  );
  const events = await fetch(`${t.address}/streams/${general}/events`, { headers: { authorization: adas } });
  assert.equal((await events.text()).trimEnd().split("\n").length, 2);
  assert.deepEqual(t.defects, []);
});

test("what the edge refuses never reaches the commands function", async () => {
  await using t = await whole();
  const outcomes = [
    await post(t, create(1), { authorization: "Bearer forged" }),
    await post(t, create(1), { authorization: `Bearer ${forged["alg none"]}` }),
    await post(t, create(1), { "content-type": "text/plain" }),
    await post(t, new Uint8Array(gzipSync(JSON.stringify(create(1)))), { "content-encoding": "gzip" }),
    await post(t, create(1), { origin: "https://evil.example" }),
    await post(t, { ...create(1), more: 1 }),
    await post(t, `[${"0,".repeat(100)}0]`),
    await post(t, " ".repeat(1 << 20).concat(" ")),
    await fetch(`${t.address}/commands`),
    await fetch(`${t.address}/commands`, { method: "OPTIONS", headers: { origin: "https://evil.example" } }),
    await fetch(`${t.address}/views/allchannels.json`),
    await fetch(`${t.address}/views/%252e%252e/secret`, { headers: { authorization: adas } }),
  ];
  assert.deepEqual(await Promise.all(outcomes.map(outcomeOf)), [
    "401 token_refused",
    "401 token_refused",
    "415 media_type_wrong",
    "415 encoding_refused",
    "403 origin_not_allowed",
    "400 unknown_key",
    "413 batch_too_large",
    "413 body_too_large",
    "405 method_not_allowed",
    "403 origin_not_allowed",
    "401 token_missing",
    "400 path_malformed",
  ]);
  assert.equal(t.asked.length, 0);
});

test("a body of a megabyte goes through, and one byte more does not", async () => {
  await using t = await whole();
  const padded = (size: number) => {
    const list = JSON.stringify([create(1)]);
    return `${list}${" ".repeat(size - list.length)}`;
  };
  assert.equal(await outcomeOf(await post(t, padded(1 << 20))), "200");
  assert.equal(await outcomeOf(await post(t, padded((1 << 20) + 1))), "413 body_too_large");
});

test("nobody is somebody else for saying so", async () => {
  await using t = await whole();
  const lies = { "x-user-id": "bob", "x-actor": "bob", "x-actor-roles": "admin" };
  const { events } = (await (await post(t, create(1), lies)).json()) as { events: { actor: { id: string } }[] };
  assert.deepEqual(
    events.map(({ actor }) => actor.id),
    ["ada"],
  );
  assert.equal(t.asked[0]?.headers.get("x-user-id"), null);
});

test("of two tokens none is taken, though Node would hand over the first", async () => {
  await using t = await whole();
  const body = JSON.stringify(create(1));
  const sent = (tokens: readonly string[]) =>
    t.raw(
      request(
        "POST /commands",
        [
          ...tokens.map((text) => `Authorization: ${text}`),
          "Content-Type: application/json",
          `Content-Length: ${body.length}`,
        ],
        body,
      ),
    );
  assert.deepEqual(answersIn(await sent([adas, adas])), ["401 token_refused"]);
  assert.deepEqual(answersIn(await sent([adas, "Bearer x"])), ["401 token_refused"]);
  assert.deepEqual(answersIn(await sent([adas])), ["200"]);
});

test("every forged token that is a header at all gets the same answer over the wire", async () => {
  await using t = await whole();
  const answers = new Set<string>();
  for (const [name, text] of Object.entries(forged)) {
    // Others are no header's value: nobody can send them.
    if (!/^[\x20-\x7e]{1,16000}$/.test(text)) continue;
    const answer = await t.raw(request("GET /views/allchannels.json", [`Authorization: Bearer ${text}`]));
    answers.add(answer.replace(/^Date: .*\r\n/m, ""));
    assert.equal(answers.size, 1, name);
  }
});

test("the app's own page sends commands", async () => {
  await using t = await whole();
  assert.equal(await outcomeOf(await post(t, create(1), { origin: home })), "200");
});
