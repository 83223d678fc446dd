import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RequestSeen } from "../../../edge/observe/lines.ts";
import { routeOf } from "../../../edge/observe/route.ts";
import { StoreDamaged, StoreUnavailable } from "../../../edge/store/event_store.ts";
import { commandId, observing, requestId } from "./observing.ts";

const seen: RequestSeen = {
  requestId,
  method: "POST",
  route: "/commands",
  status: 422,
  code: "not_a_member",
  stream: "channel-general",
  commandId,
  actor: "ada",
  ms: 2.34567,
  traceId: "0af7651916cd43dd8448eb211c80319c",
};

test("a request leaves one line with its ids and its outcome", () => {
  const { observe, log } = observing();
  observe.request(seen);
  assert.deepEqual(log.lines, [{ level: "info", line: { event: "request", ...seen, ms: 2.35 } }]);
});

test("an answer of 500 is an error, one of 503 a warning, everything else is to be expected", () => {
  const { observe, log } = observing();
  for (const status of [200, 304, 400, 404, 429, 500, 503]) observe.request({ ...seen, status });
  const levels = log.lines.map(({ level }) => level);
  assert.deepEqual(levels, ["info", "info", "info", "info", "info", "error", "warn"]);
});

const secrets = [
  "ada@example.org",
  "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
  "Bearer eyJhbGciOiJSUzI1NiJ9",
  '{"text":"meet me at noon"}',
  "meet me at noon",
  "/views/allusers.json?token=abc",
  "a\nb",
  "x".repeat(200),
];

for (const secret of secrets) {
  test(`whatever ${JSON.stringify(secret.slice(0, 40))} is given as, it stands in no line`, async () => {
    const { observe, log } = observing();
    const thrown = Object.assign(new Error(secret), { code: secret, body: secret, cause: new TypeError(secret) });
    const anything = (value: unknown) => value as never;
    const all = Object.fromEntries(Object.keys(seen).map((key) => [key, secret]));
    observe.request(anything({ ...all, body: secret, query: secret, authorization: secret }));
    for (const key of Object.keys(seen)) observe.request(anything({ ...seen, [key]: secret, [secret]: secret }));
    const part = { part: secret, what: secret, view: secret, stream: secret, version: secret, count: secret };
    observe.part("error", anything({ ...part, error: thrown, text: secret }));
    for (const error of [thrown, secret, { secret }, [secret]]) observe.defect(secret, error);
    const span = observe.traces.begin("POST /commands");
    span.end(anything({ ...part, status: secret, code: secret, commandId: secret, body: secret }));

    assert.equal(log.lines.length, Object.keys(seen).length + 6);
    const written = JSON.stringify([log.lines, observe.traces.recent(), await observe.metrics.text()]);
    for (const telling of [secret, JSON.stringify(secret).slice(1, -1)]) assert.equal(written.includes(telling), false);
  });
}

test("a line has its own members and no others, whatever hangs on what was handed over", () => {
  const members = ["event", ...Object.keys(seen), "commands"];
  fc.assert(
    fc.property(fc.object({ withNullPrototype: true }), (more) => {
      const { observe, log } = observing();
      observe.request(Object.assign(more, seen));
      assert.deepEqual(
        Object.keys(log.lines[0]?.line ?? {}).filter((key) => !members.includes(key)),
        [],
      );
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("an error is told by its kind, its code and where it happened, not by what it says", () => {
  const { observe, log } = observing();
  const error = new SyntaxError(`Unexpected token 'm', "meet me at noon" is not valid JSON`, {
    cause: Object.assign(new Error("write /data/ada@example.org"), { code: "ENOSPC" }),
  });
  observe.defect(requestId, error);
  const [told] = log.lines.map(({ line }) => line);
  assert.ok(told?.event === "defect");
  const { name, message, at, cause } = told.error;
  assert.deepEqual([told.requestId, name, message, cause?.code], [requestId, "SyntaxError", undefined, "ENOSPC"]);
  assert.match(String(at[0]), /lines\.test\.ts:\d+:\d+\)?$/);
  assert.doesNotMatch(JSON.stringify(told), /noon|ada/);
});

test("a message that looks like a stack is not taken for one", () => {
  const { observe, log } = observing();
  const forged = "x\n    at meet (/me/at/noon.ts:1:1)\n    at meetMe.atNoon (file:///x.ts:1:1)";
  const later = new Error(forged);
  assert.match(String(later.stack), /noon/); // V8 writes it when it is first asked for
  later.message = "another one";
  for (const error of [new Error(forged), later, Object.assign(new Error(forged), { name: "Odd\nName" })]) {
    observe.defect(requestId, error);
  }
  assert.doesNotMatch(JSON.stringify(log.lines), /noon/i);
});

test("errors of our own say their sentence, which names files, streams and limits", () => {
  const { observe, log } = observing();
  const full = new StoreUnavailable("full", "The log cannot grow: no room is left in /data.");
  observe.defect(requestId, new StoreDamaged("event channel-general 17", "Event channel-general 17 has another sum."));
  observe.defect(requestId, full);
  const told = log.lines.map(({ line }) => (line.event === "defect" ? line.error.message : undefined));
  assert.deepEqual(told, ["Event channel-general 17 has another sum.", full.message]);
});

test("an address is told by its pattern", () => {
  const addresses = {
    "/": "/",
    "/commands": "/commands",
    "/commands?x=1": "/commands",
    "/views/messages/general/1.json?secret": "/views/:key",
    "/streams/channel-general/events?after=3": "/streams/:stream/events",
    "/streams/channel-general/commands/00000000-0000-7000-8000-000000000001": "/streams/:stream/commands/:id",
    "/.well-known/domain": "/.well-known/domain",
    "/auth/oauth2/token": "/auth/*",
    "/page/style.css": "/page/*",
    "/../etc/passwd": "other",
    "": "other",
    "/views": "other",
    "/Commands": "other",
  };
  for (const [address, route] of Object.entries(addresses)) assert.equal(routeOf(address), route, address);
});
