import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { create, domain, general, join, noon, say } from "./said.ts";
import { outcomeOf, served } from "./served.ts";

test("an accepted command is answered with the bytes of its verdict", async () => {
  const { post, send } = served();
  const response = await post(create(1));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(response.headers.get("crowbar-domain"), domain.hash);
  const again = await send(create(1));
  assert.ok(again.kind === "accepted");
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), new Uint8Array(again.verdict));
});

test("a refusal has a code, a sentence, whether to try again, and the request's id", async () => {
  const { post } = served();
  await post(create(1));
  const response = await post({ ...say(2), expectedVersion: 5 });
  assert.equal(response.status, 409);
  assert.equal(response.headers.get("cache-control"), "no-store");
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  assert.equal(error.requestId, response.headers.get("x-request-id"));
  assert.deepEqual(
    { ...error, requestId: "" },
    {
      code: "version_conflict",
      message: "Expected version 5, stream channel-general is at 1.",
      params: { expected: 5, actual: 1, name: general },
      retryable: true,
      requestId: "",
    },
  );
});

test("each kind of no has its status", async () => {
  const { post } = served();
  await post(create(1));
  assert.equal(await outcomeOf(await post(say(2), { actor: "bob" })), "403 not_a_member");
  assert.equal(await outcomeOf(await post(create(3))), "422 channel_already_exists");
  assert.equal(await outcomeOf(await post("{")), "400 unexpected_end");
  assert.equal(
    await outcomeOf(await post(say(4), { headers: { "crowbar-domain": "f".repeat(64) } })),
    "426 domain_unknown",
  );
  assert.equal(await outcomeOf(await post(say(5), { actor: null })), "401 token_missing");
  assert.equal(await outcomeOf(await post(say(5), { actor: "forged" })), "401 token_refused");
});

test("the commands of a list are answered each by itself, in order", async () => {
  const { post } = served();
  const response = await post([create(1), say(2), { id: "x" }, join(3), say(2)]);
  assert.equal(response.status, 200);
  const answers = (await response.json()) as {
    status: number;
    verdict?: { version: number };
    error?: { code: string };
  }[];
  assert.deepEqual(
    answers.map(({ status, verdict, error }) => [status, verdict?.version ?? error?.code]),
    [
      [200, 1],
      [200, 2],
      [400, "id_invalid"],
      [200, 2],
      [200, 2],
    ],
  );
});

test("a list has one to a hundred commands, and is read strictly as a whole", async () => {
  const { post, log } = served();
  const many = (count: number) => Array.from({ length: count }, (_, i) => create(1 + i, `name${i}`, `channel-c${i}`));
  assert.equal(await outcomeOf(await post([])), "400 batch_empty");
  assert.equal(await outcomeOf(await post(many(101))), "413 batch_too_large");
  assert.equal(await outcomeOf(await post(`[${JSON.stringify(create(1))},]`)), "400 unexpected_character");
  assert.equal(await outcomeOf(await post(`[${JSON.stringify(create(1))}`)), "400 unexpected_end");
  assert.equal(await outcomeOf(await post(`[${JSON.stringify(create(1))}]]`)), "400 trailing_content");
  assert.deepEqual(await log(), []);
  assert.equal(await outcomeOf(await post(many(100))), "200");
});

test("a body may have a mebibyte, and not a byte more", async () => {
  const { post } = served();
  const body = (size: number) => {
    const text = JSON.stringify([create(1)]);
    return Buffer.from(text.padEnd(size));
  };
  assert.equal(await outcomeOf(await post(body(1 << 20))), "200");
  assert.equal(await outcomeOf(await post(body((1 << 20) + 1))), "413 body_too_large");
  assert.equal(
    await outcomeOf(await post(body(10), { headers: { "content-length": String(1 << 30) } })),
    "413 body_too_large",
  );
});

test("a body is JSON in UTF-8, as it is", async () => {
  const { post, log } = served();
  const typed = (type: string) => post(create(1), { headers: { "content-type": type } });
  const types = [
    "text/plain",
    "application/json; charset=latin1",
    "application/jsonp",
    "multipart/form-data",
    "application/json, text/plain",
    "",
  ];
  for (const type of types) assert.equal(await outcomeOf(await typed(type)), "415 media_type_wrong", type);
  const encoded = { "content-encoding": "gzip" };
  assert.equal(
    await outcomeOf(await post(gzipSync(JSON.stringify(create(1))), { headers: encoded })),
    "415 encoding_refused",
  );
  assert.equal(await outcomeOf(await post("", {})), "400 body_missing");
  assert.deepEqual(await log(), []);
  for (const type of ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']) {
    assert.equal(await outcomeOf(await typed(type)), "200", type);
  }
});

test("a command nested as deep as its size allows is malformed, and no defect", async () => {
  const { post, defects } = served();
  const text = JSON.stringify({ ...create(1), data: 0 });
  const nested = (open: string, close: string, depth: number) =>
    text.replace('"data":0', `"data":${open.repeat(depth)}0${close.repeat(depth)}`);
  for (const depth of [40, 5_000, 30_000]) {
    assert.equal(await outcomeOf(await post(nested("[", "]", depth))), "400 too_deep", String(depth));
  }
  assert.equal(await outcomeOf(await post(nested('{"a":', "}", 5_000))), "400 too_deep");
  assert.equal(await outcomeOf(await post(nested("[", "]", 400_000))), "413 too_large");
  assert.deepEqual(defects, []);
});

test("who somebody is stands in their token, and nowhere else", async () => {
  const { post, log } = served();
  await post(create(1), { headers: { "x-user-id": "bob", "x-actor": "bob", cookie: "sub=bob" } });
  const [event] = (await log()) as unknown as { actor: { id: string } }[];
  assert.equal(event?.actor.id, "ada");
  const two = await post(say(2), { headers: { authorization: "Bearer ada, Bearer bob" } });
  assert.equal(await outcomeOf(two), "401 token_refused");
});

test("a command's data cannot hold what only a server says", async () => {
  const { post } = served();
  for (const more of [{ at: 1 }, { actor: { id: "bob" } }, { version: 1 }, { domain: "x" }]) {
    assert.equal(await outcomeOf(await post({ ...create(1), ...more })), "400 unknown_key");
  }
});

test("a member reads the events of a stream as lines, from where they are", async () => {
  const { post, ask } = served();
  await post([create(1), say(2), say(3)]);
  const response = await ask(`/streams/${general}/events?after=1`);
  assert.equal(response.headers.get("content-type"), "application/x-ndjson");
  assert.equal(response.headers.get("crowbar-version"), "3");
  const lines = (await response.text()).trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).version),
    [2, 3],
  );
  assert.equal(await (await ask(`/streams/${general}/events?after=3`)).text(), "");
  assert.equal(await outcomeOf(await ask(`/streams/${general}/events`, { actor: "bob" })), "403 not_allowed");
  assert.equal(await outcomeOf(await ask("/streams/channel-none/events")), "404 stream_not_found");
});

test("a person's own stream is theirs alone", async () => {
  const { post, ask } = served();
  const register = {
    id: create(1).id,
    stream: "user-ada",
    type: "register_user",
    data: { name: "Ada", email: "ada@example.org" },
  };
  assert.equal(await outcomeOf(await post(register)), "200");
  assert.equal(await outcomeOf(await ask("/streams/user-ada/events")), "200");
  assert.equal(await outcomeOf(await ask("/streams/user-ada/events", { actor: "bob" })), "403 not_allowed");
});

test("where to go on from is a version", async () => {
  const { post, ask } = served();
  await post(create(1));
  for (const after of ["-1", "1.5", "1e3", "abc", "", "99999999999999999", "0x10", "%00"]) {
    assert.equal(await outcomeOf(await ask(`/streams/${general}/events?after=${after}`)), "400 query_malformed", after);
  }
});

test("what is not there, or asked otherwise, is said so", async () => {
  const { ask, defects } = served();
  assert.equal(await outcomeOf(await ask("/nowhere")), "404 route_not_found");
  assert.equal(await outcomeOf(await ask("/commands")), "405 method_not_allowed");
  assert.equal((await ask("/commands", { method: "DELETE" })).headers.get("allow"), "POST");
  assert.equal(await outcomeOf(await ask(`/streams/${general}/events`, { method: "POST" })), "405 method_not_allowed");
  for (const path of [
    "/streams/..%2f..%2fetc/events",
    "/streams/%00/events",
    "/streams//events",
    "/streams/%E0%A4%A/events",
  ]) {
    const outcome = await outcomeOf(await ask(path));
    assert.match(outcome, /^4\d\d /, `${path} ${String(defects)}`);
  }
});

test("one person's thousand commands are held back, and nobody else's", async () => {
  const { post, clock } = served();
  await post(create(1));
  const replies = await Promise.all(Array.from({ length: 1_000 }, (_, i) => post(say(10 + i))));
  const statuses = replies.map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 429).length, 801);
  assert.equal(replies.at(-1)?.headers.get("retry-after"), "1");
  assert.equal(await outcomeOf(await post(join(2), { actor: "bob" })), "200");
  clock.advance(1_000);
  assert.equal(await outcomeOf(await post(say(5_000))), "200");
});

test("which rules are served is public", async () => {
  const { ask } = served();
  const response = await ask("/.well-known/domain", { actor: null });
  assert.deepEqual(await response.json(), { current: domain.hash });
});

test("a defect is noted under the request's id, and its sender hears no more than that", async () => {
  const { post, defects } = served({
    clock: {
      now: () => {
        throw new Error("the clock fell off the wall");
      },
      sleep: async () => {},
    },
  });
  const response = await post(create(1));
  assert.equal(response.status, 500);
  const text = await response.text();
  assert.ok(text.includes(String(response.headers.get("x-request-id"))) && !text.includes("wall"));
  assert.match(String(defects[0]), /wall/);
});

test("the moment is the server's", async () => {
  const { post, log } = served();
  await post(create(1));
  const [event] = (await log()) as unknown as { at: number }[];
  assert.equal(event?.at, noon);
});
