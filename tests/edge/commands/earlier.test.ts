import assert from "node:assert/strict";
import { test } from "node:test";
import { bob, codeOf, create, domain, join, say, small, told } from "./said.ts";
import { yesterday } from "./yesterday.ts";

const long = "a text of more than ten code points";

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

test("what is known already is answered to every client", async () => {
  const previous = await yesterday({ strict: true });
  const { send } = small({ previous });
  await send(create(1));
  const first = await send(say(2, long));
  assert.equal(told(await send(say(2, long), undefined, { domain: previous.hash })), told(first));
});
