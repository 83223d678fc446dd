import assert from "node:assert/strict";
import { test } from "node:test";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { OtlpLines } from "../../../edge/observe/otlp_lines.ts";
import { readTraceparent, writeTraceparent } from "../../../edge/observe/traceparent.ts";
import { Traces } from "../../../edge/observe/traces.ts";
import { commandId, noon } from "./observing.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";
const all = { clock: new FixedClock(noon), perSecond: Number.POSITIVE_INFINITY };

test("a traceparent is taken when it is well formed, and passed by when it is not", () => {
  const good = `00-${traceId}-${spanId}-01`;
  assert.deepEqual(readTraceparent(good), { traceId, spanId, sampled: true });
  assert.equal(writeTraceparent({ traceId, spanId, sampled: true }), good);
  assert.equal(readTraceparent(`00-${traceId}-${spanId}-00`)?.sampled, false);
  assert.equal(readTraceparent(`01-${traceId}-${spanId}-01-more`)?.traceId, traceId);
  const bad = [
    undefined,
    "",
    good.toUpperCase(),
    `${good}-more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${"0".repeat(32)}-${spanId}-01`,
    `00-${traceId}-${"0".repeat(16)}-01`,
    ` ${good}`,
    `${good}, ${good}`,
    `00-${traceId}-${spanId}`,
  ];
  for (const header of bad) assert.equal(readTraceparent(header), undefined, String(header));
});

test("a request goes on with its client's trace, and hands it on under a span of its own", () => {
  const traces = new Traces(all);
  const span = traces.begin("GET /", `00-${traceId}-${spanId}-00`);
  assert.equal(span.traceId, traceId);
  assert.notEqual(span.spanId, spanId);
  assert.equal(span.traceparent, `00-${traceId}-${span.spanId}-01`);
  span.child("decide").end({ code: "accepted" });
  span.end({ status: 200 });
  const [trace, ...others] = traces.recent();
  assert.deepEqual(others, []);
  assert.equal(trace?.traceId, traceId);
  assert.deepEqual(
    trace?.spans.map(({ name, parentId }) => [name, parentId]),
    [
      ["GET /", spanId],
      ["decide", span.spanId],
    ],
  );
  assert.deepEqual(trace?.spans[0]?.facts, { "http.response.status_code": 200 });
});

test("a request without a trace begins its own, whether it is recorded or not", () => {
  for (const perSecond of [0, Number.POSITIVE_INFINITY]) {
    const traces = new Traces({ ...all, perSecond });
    const [one, other] = [traces.begin("GET /"), traces.begin("GET /", "nonsense")];
    assert.notEqual(one.traceId, other.traceId);
    assert.deepEqual(readTraceparent(one.traceparent), {
      traceId: one.traceId,
      spanId: one.spanId,
      sampled: perSecond > 0,
    });
  }
});

test("so many traces are recorded in a second, whatever clients ask for; the others are handed on", async () => {
  const clock = new FixedClock(noon);
  const traces = new Traces({ clock, perSecond: 3 });
  const recorded = () =>
    Array.from({ length: 10 }, () => traces.begin("GET /", `00-${traceId}-${spanId}-01`)).filter(
      (span) => span.sampled,
    );
  assert.equal(recorded().length, 3);
  assert.equal(recorded().length, 0);
  await clock.advance(1_000);
  assert.equal(recorded().length, 3);
  await clock.advance(3_600_000);
  assert.equal(recorded().length, 3);
  const span = traces.begin("GET /", `00-${traceId}-${spanId}-01`);
  assert.equal(span.traceId, traceId);
  assert.equal(span.child("decide"), span);
  span.end();
  assert.deepEqual(traces.recent(), []);
});

test("within a request its span is at hand, also after waiting, and others' are not", async () => {
  const traces = new Traces(all);
  const [one, other] = [traces.begin("one"), traces.begin("other")];
  const turn = Promise.withResolvers<void>();
  const seen = [one, other].map((span) =>
    traces.within(span, async () => {
      await turn.promise;
      return traces.current === span;
    }),
  );
  turn.resolve();
  assert.deepEqual(await Promise.all(seen), [true, true]);
  assert.equal(traces.current, undefined);
});

test("memory is bounded: of spans, and of commands that are followed", () => {
  const traces = new Traces(all);
  const span = traces.begin("POST /commands");
  for (let i = 0; i < 5_000; i += 1) traces.follow(`command ${i}`, span);
  assert.equal(traces.ofCommand("command 0"), undefined);
  assert.equal(traces.ofCommand("command 4999"), span);
  for (let i = 0; i < 3_000; i += 1) traces.begin(`GET ${i}`).end();
  const recent = traces.recent(10_000);
  assert.equal(recent.length, 2_048);
  assert.equal(recent[0]?.spans[0]?.name, "GET 2999");
});

test("a span that ends is one line of OTLP", () => {
  const lines: string[] = [];
  const traces = new Traces({ ...all, processors: [new OtlpLines((line) => lines.push(line))] });
  const span = traces.begin("POST /commands", `00-${traceId}-${spanId}-01`);
  span.end({ status: 503, commandId, stream: "channel-general" }, true);
  assert.equal(lines.length, 1);
  assert.ok(lines[0]?.endsWith("}\n"));
  const [{ scopeSpans }] = JSON.parse(lines[0] ?? "").resourceSpans;
  const [{ startTimeUnixNano, endTimeUnixNano, attributes, ...told }] = scopeSpans[0].spans;
  assert.deepEqual(told, {
    traceId,
    spanId: span.spanId,
    parentSpanId: spanId,
    name: "POST /commands",
    kind: 2,
    status: { code: 2 },
  });
  assert.match(startTimeUnixNano, /^\d{19}$/);
  assert.ok(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano));
  assert.deepEqual(attributes[0], { key: "http.response.status_code", value: { intValue: "503" } });
});
