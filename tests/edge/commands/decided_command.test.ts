// The command behind an event, as whoever may read the stream is told of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreUnavailable } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { bytes, command, create, general, instead, join, noon, type Said, say, uuid } from "./said.ts";
import { outcomeOf, served } from "./served.ts";

const at = (id: string, stream = general) => `/streams/${stream}/commands/${id}`;
const one = (number: number, stream = general) => at(uuid(number), stream);
const register = (number: number, email: string): Said =>
  command(number, "register_user", { name: "Ada", email }, "user-ada");

test("a member is told what was asked, as it was asked, by whom, when, upon which version, and what came of it", async () => {
  const { post, ask, send } = served();
  await post(create(1));
  await post(join(2), { actor: "bob" });
  const typed = { ...say(3, "  hi \n"), expectedVersion: 2 };
  await post(typed, { actor: "bob" });
  const response = await ask(one(3));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  const told = (await response.json()) as Record<string, unknown>;
  assert.deepEqual(Object.keys(told), ["command", "context", "verdict", "decidedAt"]);
  assert.deepEqual(told.command, typed);
  assert.deepEqual(told.context, { at: noon, actor: { id: "bob", roles: [] } });
  assert.equal(told.decidedAt, 2);
  const again = await send(typed, { id: "bob" });
  assert.ok(again.kind === "accepted");
  assert.deepEqual(told.verdict, JSON.parse(Buffer.from(again.verdict).toString()));
});

test("what is told of a command is kept for ever, by the one who was told", async () => {
  const { post, ask } = served();
  await post(create(1));
  const { headers } = await ask(one(1));
  assert.equal(headers.get("cache-control"), "private, max-age=31536000, immutable");
  assert.equal(headers.get("vary"), "authorization");
  const no = await ask(one(2));
  assert.equal(no.headers.get("cache-control"), "no-store");
});

test("whoever may not read a stream is told of none of its commands, their own neither", async () => {
  const { post, ask } = served();
  await post(create(1));
  assert.equal(await outcomeOf(await post(say(2), { actor: "bob" })), "403 not_a_member");
  assert.equal(await outcomeOf(await ask(one(1), { actor: null })), "401 token_missing");
  for (const number of [1, 2, 3]) {
    assert.equal(await outcomeOf(await ask(one(number), { actor: "bob" })), "403 not_allowed");
  }
  assert.equal(await outcomeOf(await ask(one(1, "channel-none"))), "404 stream_not_found");
  await post(join(4), { actor: "bob" });
  assert.equal(await outcomeOf(await ask(one(1), { actor: "bob" })), "200");
  await post(command(5, "leave_channel"), { actor: "bob" });
  assert.equal(await outcomeOf(await ask(one(1), { actor: "bob" })), "403 not_allowed");
});

test("a refused command is between its sender and the server", async () => {
  const { post, ask } = served();
  await post([create(1), say(2)]);
  await post(join(3), { actor: "bob" });
  const edit = command(4, "edit_message", { messageId: "m2", text: "not mine" });
  assert.equal(await outcomeOf(await post(edit, { actor: "bob" })), "403 not_the_author");
  const own = (await (await ask(one(4), { actor: "bob" })).json()) as { verdict: { rejection: { code: string } } };
  assert.equal(own.verdict.rejection.code, "not_the_author");
  assert.deepEqual(await noted(await ask(one(4))), await noted(await ask(one(9)), 9, 4));
  // A no is remembered even of somebody who asks for another person's stream: the letter is not opened to that person.
  await post(register(5, "ada@example.org"));
  assert.equal(await outcomeOf(await post(register(6, "bob@example.org"), { actor: "bob" })), "403 not_yourself");
  assert.equal(await outcomeOf(await ask(one(6, "user-ada"))), "404 command_not_found");
  assert.equal(await outcomeOf(await ask(one(6, "user-ada"), { actor: "bob" })), "403 not_allowed");
});

test("what somebody has said of themselves is told to them alone", async () => {
  const { post, ask } = served();
  await post([create(1), register(2, "ada@example.org")]);
  await post(join(3), { actor: "bob" });
  const { command } = (await (await ask(one(2, "user-ada"))).json()) as { command: Said };
  assert.deepEqual(command.data, { name: "Ada", email: "ada@example.org" });
  assert.equal(await outcomeOf(await ask(one(2, "user-ada"), { actor: "bob" })), "403 not_allowed");
  // Under a stream that he may read it is not there, and neither for her.
  assert.equal(await outcomeOf(await ask(one(2), { actor: "bob" })), "404 command_not_found");
  assert.equal(await outcomeOf(await ask(one(2))), "404 command_not_found");
});

test("what the server found out for the rules stays with it", async () => {
  const { post, ask, store } = served();
  await post(create(1));
  await store.append({
    decided: {
      ...{ id: uuid(2), actor: "ada", digest: "d".repeat(64), stream: general, decidedAt: 1 },
      command: bytes(command(2, "rename_channel", { name: "general" })),
      context: bytes({ at: noon, actor: { id: "ada", roles: ["admin"] }, facts: { claimed: ["channel-name:secret"] } }),
      verdict: bytes({ accepted: true, version: 1, events: [] }),
    },
    events: [],
    claims: [],
  });
  const text = await (await ask(one(2))).text();
  assert.match(text, /"context":\{"at":1709208000000,"actor":\{"id":"ada","roles":\["admin"\]\}\},"verdict":/);
  assert.doesNotMatch(text, /secret/);
});

test("a command that was imported says when it was sent, not when it came in", async () => {
  const { ask, send } = served();
  const then = noon - 86_400_000;
  await send(create(1), { id: "ada" }, { at: then });
  const { context } = (await (await ask(one(1))).json()) as { context: object };
  assert.deepEqual(context, { at: then, actor: { id: "ada", roles: [] } });
});

test("only what has the form of an id is looked for", async () => {
  const looked: string[] = [];
  const store = new MemoryEventStore();
  const looking = instead(store, {
    decided: (id: string) => {
      looked.push(id);
      return store.decided(id);
    },
  });
  const { post, ask } = served({ store: looking });
  await post(create(1));
  looked.length = 0;
  const id = uuid(1);
  const others = [id.replace("-7", "-z"), id.replaceAll("-", ""), `${id}0`, id.slice(1), `%20${id}`, "x".repeat(5_000)];
  for (const other of [...others, "%00", "1", `{${id}}`, `${id.slice(0, 8)}${"-".repeat(28)}`]) {
    assert.equal(await outcomeOf(await ask(at(other))), "404 command_not_found", other);
  }
  assert.deepEqual(looked, []);
  assert.equal(await outcomeOf(await ask(at(id))), "200");
  assert.deepEqual(looked, [id]);
  assert.ok((await (await ask(at("x".repeat(5_000)))).text()).length < 400);
  for (const path of [at(""), `${at(id)}/more`, `/streams//commands/${id}`]) {
    assert.match(await outcomeOf(await ask(path)), /^404 /, path);
  }
});

test("a command is read, and not changed", async () => {
  const { post, ask } = served();
  await post(create(1));
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const response = await ask(one(1), { method });
    assert.equal(response.headers.get("allow"), "GET");
    assert.equal(await outcomeOf(response), "405 method_not_allowed", method);
  }
  assert.equal((await ask(one(1), { method: "HEAD" })).status, 200);
});

test("a store that cannot answer now is waited for, by whoever reads events or a command", async () => {
  const store = new MemoryEventStore();
  const away = () => Promise.reject(new StoreUnavailable("busy", "another process has it"));
  let gone = false;
  const now = instead(store, {
    decided: (id: string) => (gone ? away() : store.decided(id)),
    read: (...asked: Parameters<typeof store.read>) => (gone && asked[2] <= 10_000 ? away() : store.read(...asked)),
  });
  const { post, ask } = served({ store: now });
  await post(create(1));
  gone = true;
  for (const path of [one(1), `/streams/${general}/events`]) {
    const response = await ask(path);
    assert.equal(response.headers.get("retry-after"), "1");
    assert.equal(await outcomeOf(response), "503 store_unavailable", path);
  }
});

/** An error without its request's id, as it would be of another command. */
async function noted(response: Response, number = 4, as = 4): Promise<unknown> {
  const { error } = (await response.json()) as { error: object };
  return JSON.parse(JSON.stringify({ ...error, requestId: "" }).replaceAll(uuid(number), uuid(as)));
}
