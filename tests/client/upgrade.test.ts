// The server decides with other rules than the page has: what becomes of what waits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fault, Way } from "./faults.ts";
import { domain, logged, place, until, watch } from "./place.ts";
import { create, say } from "./said.ts";

const domainUpgraded = (expected: string): Fault => ({
  status: 409,
  body: JSON.stringify({ error: { code: "domain_upgraded", message: "", params: { expected, actual: "x" } } }),
});

/** The same module under another name stands for yesterday's. */
const yesterday = new Proxy(domain, {
  get: (_, name) => {
    const value = name === "hash" ? "0".repeat(64) : Reflect.get(domain, name, domain);
    return typeof value === "function" ? value.bind(domain) : value;
  },
});

/** Has the server decide with today's rules alone. */
function refusesYesterday(way: Way): void {
  way.fault = ({ path, headers }) =>
    path === "/commands" && headers.get("crowbar-domain") !== domain.hash ? domainUpgraded(domain.hash) : undefined;
}

test("where the server decides with other rules, these are loaded, and all that waits goes on with them", async (t) => {
  const here = await place(t);
  const way = new Way();
  let upgraded = false;
  refusesYesterday(way);
  const ada = await here.client("ada", {
    fetch: way.fetch,
    domain: yesterday,
    loadDomain: async (hash) => {
      assert.equal(hash, domain.hash);
      upgraded = true;
      return domain;
    },
  });
  const page = ada.view("messages/general/1");
  const seen = watch(t, page);
  const [made, said] = [ada.send(create("general")), ada.send(say("general", "m1"))];
  assert.deepEqual([(await made.settled).state, (await said.settled).state], ["accepted", "accepted"]);
  assert.ok(upgraded);
  assert.equal(ada.status.get().domain, domain.hash);
  assert.ok(seen.every(({ data }) => data === undefined || data.length === 1));
});

test("rules that cannot be loaded now are asked for again, and nobody is told to reload", {
  timeout: 30_000,
}, async (t) => {
  const here = await place(t);
  const way = new Way();
  refusesYesterday(way);
  let left = 3;
  const loadDomain = async () => {
    left -= 1;
    if (left > 0) throw new TypeError("Failed to fetch dynamically imported module");
    return domain;
  };
  const ada = await here.client("ada", { fetch: way.fetch, domain: yesterday, loadDomain });
  const seen = watch(t, ada.status);
  const [made, said] = [ada.send(create("general")), ada.send(say("general", "m1"))];
  assert.deepEqual([(await made.settled).state, (await said.settled).state], ["accepted", "accepted"]);
  assert.equal(left, 0);
  assert.deepEqual(
    seen.filter(({ state }) => state === "outdated"),
    [],
  );
  assert.equal(ada.status.get().domain, domain.hash);
  assert.deepEqual(
    (await logged(here)).map(({ command }) => command),
    [made.id, said.id],
  );
});

test("a tab that does not send loads them, too, and decides by them", { timeout: 30_000 }, async (t) => {
  const here = await place(t);
  const way = new Way();
  refusesYesterday(way);
  const options = { fetch: way.fetch, domain: yesterday, loadDomain: async () => domain };
  const [first, second] = [await here.client("ada", options), await here.client("ada", options)];
  await until(first.status, ({ leader }) => leader);
  const page = second.view("messages/general/1");
  watch(t, page);
  const [made, said] = [second.send(create("general")), second.send(say("general", "m1"))];
  assert.deepEqual([(await made.settled).state, (await said.settled).state], ["accepted", "accepted"]);
  for (const tab of [first, second]) await until(tab.status, (now) => now.domain === domain.hash);
  assert.equal(second.status.get().leader, false);
  await until(page, ({ data, optimistic }) => data?.length === 1 && !optimistic);
});

test("where the server has gone back meanwhile, the rules that are here go on", { timeout: 30_000 }, async (t) => {
  const here = await place(t);
  const way = new Way();
  // What it says it has: others, and then again those that are here.
  let current = "1".repeat(64);
  way.fault = ({ path }) => {
    if (path === "/.well-known/domain") return { status: 200, body: JSON.stringify({ current }) };
    return path === "/commands" && current !== domain.hash ? domainUpgraded(current) : undefined;
  };
  const loadDomain = () => {
    current = domain.hash;
    return Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
  };
  const ada = await here.client("ada", { fetch: way.fetch, loadDomain });
  assert.equal((await ada.send(create("general")).settled).state, "accepted");
  assert.deepEqual([ada.status.get().domain, ada.status.get().serverDomain], [domain.hash, domain.hash]);
});

const noUse: readonly (readonly [string, (() => Promise<typeof domain>) | undefined])[] = [
  ["nobody can load", undefined],
  ["are others than they were to be", async () => yesterday],
];
for (const [what, loadDomain] of noUse) {
  test(`where the server's rules ${what}, the person is told to reload, and what waits is kept`, async (t) => {
    const here = await place(t);
    const way = new Way();
    refusesYesterday(way);
    const ada = await here.client("ada", { fetch: way.fetch, domain: yesterday, ...(loadDomain && { loadDomain }) });
    ada.send(create("general"));
    await until(ada.status, ({ state }) => state === "outdated");
    assert.equal(ada.status.get().waiting, 1);
  });
}

test("where these rules are not known any more, the person is told, what waits is kept, and nothing is sent", async (t) => {
  const here = await place(t);
  const way = new Way();
  const body = JSON.stringify({ error: { code: "domain_unknown", message: "" } });
  way.fault = ({ path }) => (path === "/commands" ? { status: 426, body } : undefined);
  const ada = await here.client("ada", { fetch: way.fetch });
  ada.send(create("general"));
  await until(ada.status, ({ state }) => state === "outdated");
  const { length } = way.commands;
  const second = ada.send(say("general", "m1"));
  await second.kept;
  assert.equal(ada.status.get().waiting, 2);
  await ada.close();
  assert.equal(way.commands.length, length);
  const reloaded = await here.client("ada");
  assert.equal(reloaded.status.get().waiting, 2);
  await until(reloaded.waiting, (list) => list.length === 0);
  assert.equal((await logged(here)).length, 2);
});

test("a tab whose rules are not known any more leaves sending to one that has come later", {
  timeout: 30_000,
}, async (t) => {
  const here = await place(t);
  const way = new Way();
  const body = JSON.stringify({ error: { code: "domain_unknown", message: "" } });
  way.fault = ({ path }) => (path === "/commands" ? { status: 426, body } : undefined);
  const old = await here.client("ada", { fetch: way.fetch });
  const made = old.send(create("general"));
  await until(old.status, ({ state }) => state === "outdated");
  const reloaded = await here.client("ada");
  assert.equal((await made.settled).state, "accepted");
  // What is said in the old one goes the same way, and its person is told all the same.
  assert.equal((await old.send(say("general", "m1")).settled).state, "accepted");
  await until(reloaded.status, ({ state, leader }) => state === "online" && leader);
  assert.deepEqual([old.status.get().state, old.status.get().leader], ["outdated", false]);
  assert.equal((await logged(here)).length, 2);
});
