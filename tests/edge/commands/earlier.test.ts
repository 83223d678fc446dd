import assert from "node:assert/strict";
import { test } from "node:test";
import type { Aggregate, Domain } from "../../../edge/domain.ts";
import { bob, codeOf, command, create, domain, join, say, small, told } from "./said.ts";
import { yesterday } from "./yesterday.ts";

const long = "a text of more than ten code points";

/** The same object with some of its members replaced. */
function withMembers<T extends object>(object: T, members: Partial<T>): T {
  return new Proxy(object, {
    get: (_, name) => {
      const value = name in members ? Reflect.get(members, name) : Reflect.get(object, name, object);
      return typeof value === "function" && !(name in members) ? value.bind(object) : value;
    },
  });
}

/** A module before this one whose first message would be another event. */
function otherwise(): Domain {
  const other = (aggregate: Aggregate) =>
    withMembers(aggregate, {
      decideBytes: (...given) =>
        Buffer.from(
          Buffer.from(aggregate.decideBytes(...given))
            .toString()
            .replace("message 2", "otherwise"),
        ),
    });
  return withMembers(domain, {
    hash: "0".repeat(64),
    open: (...given) => other(domain.open(...given)),
    restore: (snapshot) => other(domain.restore(snapshot)),
  });
}

test("a client of the module before is served as long as the verdict is the same", async () => {
  const previous = await yesterday();
  assert.notEqual(previous.hash, domain.hash);
  const { send, log } = small({ previous });
  const from = { domain: previous.hash };
  assert.equal(codeOf(await send(create(1), undefined, from)), "accepted");
  const replies = await Promise.all([
    send(say(2, long), undefined, from),
    send(say(3, "hi"), bob, from),
    send(join(4), bob),
    send(say(5, "hi"), bob, from),
  ]);
  assert.deepEqual(replies.map(codeOf), ["accepted", "not_a_member", "accepted", "accepted"]);
  const domains = new Set((await log()).map((event) => (event as unknown as { domain: string }).domain));
  assert.deepEqual([...domains], [domain.hash]);
});

test("where the module before decides otherwise, its client is told to load today's, and nothing is stored", async () => {
  const previous = await yesterday({ strict: true });
  const { send, log } = small({ previous });
  const from = { domain: previous.hash };
  await send(create(1));
  const reply = await send(say(2, long), undefined, from);
  assert.equal(codeOf(reply), "domain_upgraded");
  if (reply.kind === "refused") assert.equal(reply.refusal.outcome, "conflict");
  assert.equal((await log()).length, 1);
  assert.equal(codeOf(await send(say(2, long))), "accepted");
  assert.equal(codeOf(await send(say(3, "short"), undefined, from)), "accepted");
});

test("what the same client said after that waits for it, so that nothing overtakes it or is judged without it", async () => {
  const { send, log } = small({ previous: otherwise() });
  await send(create(1));
  const from = { domain: "0".repeat(64) };
  const edit = command(3, "edit_message", { messageId: "m2", text: "edited" });
  const all = [say(2), edit, say(4)];
  const replies = await Promise.all(all.map((each) => send(each, undefined, from)));
  assert.deepEqual(replies.map(codeOf), ["domain_upgraded", "domain_upgraded", "domain_upgraded"]);
  for (const each of all) assert.equal(codeOf(await send(each)), "accepted");
  assert.deepEqual(
    (await log()).map(({ type }) => type),
    ["channel_created", "message_sent", "message_edited", "message_sent"],
  );
});

test("what is known already is answered to every client", async () => {
  const previous = await yesterday({ strict: true });
  const { send } = small({ previous });
  await send(create(1));
  const first = await send(say(2, long));
  assert.equal(told(await send(say(2, long), undefined, { domain: previous.hash })), told(first));
});
