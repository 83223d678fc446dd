import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { mock, test } from "node:test";
import { records } from "../../../edge/local/sign_in/records.ts";
import { noon } from "./issuing.ts";

function opened() {
  const database = new DatabaseSync(":memory:");
  const count = (model: string) =>
    Number(database.prepare("SELECT count(*) AS n FROM record WHERE model = ?").get(model)?.n);
  return { adapter: records(database), count };
}

test("what is kept comes back until its time has passed", async (t) => {
  mock.timers.enable({ apis: ["Date"], now: noon });
  t.after(() => mock.timers.reset());
  const sessions = opened().adapter("Session");
  await sessions.upsert("s1", { uid: "u1", accountId: "ada" }, 60);
  assert.deepEqual(await sessions.find("s1"), { uid: "u1", accountId: "ada" });
  assert.deepEqual(await sessions.findByUid("u1"), { uid: "u1", accountId: "ada" });
  await sessions.upsert("s1", { uid: "u2" }, 60);
  assert.equal(await sessions.findByUid("u1"), undefined);
  mock.timers.tick(60_000);
  assert.equal(await sessions.find("s1"), undefined);
  assert.equal(await sessions.findByUid("u2"), undefined);
});

test("a code is used up once, and its second use is refused", async () => {
  const codes = opened().adapter("AuthorizationCode");
  await codes.upsert("c1", { grantId: "g1" }, 60);
  await codes.consume("c1");
  assert.equal(typeof (await codes.find("c1"))?.consumed, "number");
  await assert.rejects(codes.consume("c1"), { error: "invalid_grant" });
  await assert.rejects(codes.consume("c2"), { error: "invalid_grant" });
});

test("what was given together is taken back together, and nothing else", async () => {
  const tokens = opened().adapter("RefreshToken");
  for (const [id, grantId] of [
    ["t1", "g1"],
    ["t2", "g1"],
    ["t3", "g2"],
  ] as const)
    await tokens.upsert(id, { grantId }, 60);
  await tokens.revokeByGrantId("g1");
  assert.deepEqual(await Promise.all(["t1", "t2", "t3"].map(async (id) => (await tokens.find(id)) !== undefined)), [
    false,
    false,
    true,
  ]);
  await tokens.destroy("t3");
  assert.equal(await tokens.find("t3"), undefined);
});

test("a flood of sign-ins that nobody ends stays bounded, and costs nobody their session", async () => {
  const { adapter, count } = opened();
  await adapter("Session").upsert("s1", { uid: "u1" }, 60);
  const interactions = adapter("Interaction");
  for (let i = 0; i < 6_000; i += 1) await interactions.upsert(`i${i}`, {}, 900);
  assert.ok(count("Interaction") <= 5_256, String(count("Interaction")));
  assert.equal(await interactions.find("i0"), undefined);
  assert.notEqual(await interactions.find("i5999"), undefined);
  assert.notEqual(await adapter("Session").find("s1"), undefined);
});

test("what has had its time makes room", async (t) => {
  mock.timers.enable({ apis: ["Date"], now: noon });
  t.after(() => mock.timers.reset());
  const { adapter, count } = opened();
  const interactions = adapter("Interaction");
  for (let i = 0; i < 200; i += 1) await interactions.upsert(`i${i}`, {}, 60);
  mock.timers.tick(61_000);
  for (let i = 0; i < 56; i += 1) await interactions.upsert(`j${i}`, {}, 60);
  assert.equal(count("Interaction"), 56);
});
