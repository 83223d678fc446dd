import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Hono } from "hono";
import type { RequestEnv } from "../../../edge/commands/request.ts";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { observedListener } from "../../../edge/observe/observed_listener.ts";
import { observedRequests } from "../../../edge/observe/observed_requests.ts";
import { observing, requestId } from "./observing.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";

function app() {
  const { observe, log } = observing();
  const seen: unknown[] = [];
  const served = new Hono<RequestEnv>();
  served.use(async (c, next) => {
    c.set("requestId", requestId);
    await next();
  });
  served.use(observedRequests(observe));
  served.get("/views/*", (c) => {
    seen.push(observe.traces.current?.traceId);
    c.set("actor", { id: "ada" });
    c.set("code", "view_not_found");
    return c.text("secret", 404);
  });
  served.get("/health", () => {
    throw new Error("secret");
  });
  served.onError((error, c) => {
    observe.defect(c.get("requestId"), error);
    return c.text("", 500);
  });
  return { served, observe, log, seen };
}

test("a request leaves its line and its span, under its client's trace id", async () => {
  const { served, observe, log, seen } = app();
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, authorization: "Bearer secret" };
  await served.request("/views/messages/general/1.json?secret=1", { headers });
  assert.deepEqual(seen, [traceId]);
  const [{ level, line }] = log.lines as [(typeof log.lines)[number]];
  assert.ok(line.event === "request" && line.ms >= 0);
  assert.deepEqual(
    { level, ...line, ms: 0 },
    {
      level: "info",
      ...{ event: "request", requestId, method: "GET", route: "/views/:key", status: 404 },
      ...{ code: "view_not_found", actor: "ada", ms: 0, traceId },
    },
  );
  const [trace] = observe.traces.recent();
  assert.deepEqual(
    trace?.spans.map(({ name, facts }) => [name, facts["http.response.status_code"]]),
    [["GET /views/:key", 404]],
  );
});

test("what nobody has foreseen is a line with its place, then the request's, under one id", async () => {
  const { served, log } = app();
  assert.equal((await served.request("/health")).status, 500);
  const [defect, request] = log.lines.map(({ line }) => line);
  assert.ok(defect?.event === "defect" && request?.event === "request");
  assert.deepEqual([defect.requestId, request.requestId, request.status], [requestId, requestId, 500]);
  assert.match(defect.error.at[0] ?? "", /observed_requests\.test\.ts/);
  assert.doesNotMatch(JSON.stringify(log.lines), /secret/);
});

test("what is served by node's own request is observed when its answer is out", async (t) => {
  const { observe, log } = observing();
  const listener = observedListener(
    (request, response) => {
      request.url = "/changed";
      response.writeHead(303, { location: "/" }).end();
    },
    observe,
    new CountedIds(),
  );
  const server = createServer(listener);
  t.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/auth/oauth2/authorize?state=secret`, { redirect: "manual" });
  while (log.lines.length === 0) await setImmediate();
  const [{ line }] = log.lines as [(typeof log.lines)[number]];
  assert.ok(line.event === "request");
  assert.deepEqual([line.method, line.route, line.status], ["GET", "/auth/*", 303]);
});
