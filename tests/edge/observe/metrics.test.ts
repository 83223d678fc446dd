import assert from "node:assert/strict";
import { test } from "node:test";
import { Metrics } from "../../../edge/observe/metrics.ts";
import { figure } from "./observing.ts";

test("requests are counted by route and outcome, and their time by route", async () => {
  const metrics = new Metrics([]);
  metrics.request("/commands", 200, 4);
  metrics.request("/commands", 200, 400);
  metrics.request("/commands", 422, 4);
  metrics.request("other", 599, 4);
  const text = await metrics.text();
  assert.equal(figure(text, 'crowbar_requests_total{route="/commands",outcome="ok"}'), 2);
  assert.equal(figure(text, 'crowbar_requests_total{route="/commands",outcome="rejected"}'), 1);
  assert.equal(figure(text, 'crowbar_requests_total{route="other",outcome="other"}'), 1);
  assert.equal(figure(text, 'crowbar_request_seconds_count{route="/commands"}'), 3);
  assert.equal(figure(text, 'crowbar_request_seconds_bucket{route="/commands",le="0.005"}'), 2);
});

test("commands are counted by type and outcome, and nobody can make a new type", async () => {
  const metrics = new Metrics(["send_message"]);
  metrics.decided("send_message", "accepted");
  metrics.decided("send_message", "not_a_member");
  metrics.decided('made"up', "accepted");
  metrics.decided("made_up_too", "accepted");
  const text = await metrics.text();
  assert.equal(figure(text, 'crowbar_commands_total{type="send_message",outcome="accepted"}'), 1);
  assert.equal(figure(text, 'crowbar_commands_total{type="send_message",outcome="not_a_member"}'), 1);
  assert.equal(figure(text, 'crowbar_commands_total{type="other",outcome="accepted"}'), 2);
  assert.doesNotMatch(text, /made/);
});

test("appends, commits and lag are there, in seconds and in numbers", async () => {
  const metrics = new Metrics([]);
  metrics.appended(3, 2);
  metrics.committed(40);
  metrics.projected(7, 120);
  metrics.projected(1, undefined);
  metrics.trouble("relay");
  const text = await metrics.text();
  assert.equal(figure(text, "crowbar_events_appended_total"), 3);
  assert.equal(figure(text, "crowbar_append_seconds_sum"), 0.002);
  assert.equal(figure(text, 'crowbar_commit_commands_bucket{le="32"}'), 0);
  assert.equal(figure(text, 'crowbar_commit_commands_bucket{le="64"}'), 1);
  assert.equal(figure(text, "crowbar_projection_lag_seconds_sum"), 0.12);
  assert.equal(figure(text, "crowbar_view_messages_total"), 8);
  assert.equal(figure(text, 'crowbar_troubles_total{part="relay"}'), 1);
});

test("figures that others keep are asked for when somebody looks; one that fails leaves the others", async () => {
  const metrics = new Metrics([]);
  let depth = 3;
  metrics.watch({
    queueDepth: async () => depth,
    deadLetters: async () => {
      throw new Error("the queue is closed");
    },
    openStreams: () => 2,
  });
  assert.equal(figure(await metrics.text(), "crowbar_queue_depth"), 3);
  depth = 5;
  const text = await metrics.text();
  assert.equal(figure(text, "crowbar_queue_depth"), 5);
  assert.equal(figure(text, "crowbar_open_streams"), 2);
  assert.equal(figure(text, "crowbar_dead_letters"), undefined);
  assert.equal(figure(text, "crowbar_open_connections"), undefined);
  assert.ok((figure(text, 'crowbar_memory_bytes{kind="rss"}') ?? 0) > 1_000_000);
  assert.ok((figure(text, 'crowbar_event_loop_delay_seconds{quantile="0.99"}') ?? -1) >= 0);
  assert.ok((figure(text, "crowbar_cpu_seconds_total") ?? 0) > 0);
  metrics.close();
});

test("every line is one that Prometheus reads: a comment, or a name, labels and a number; each name described once", async () => {
  const metrics = new Metrics(["send_message"]);
  metrics.watch({ openStreams: () => 0 });
  metrics.request("/views/:key", 304, 1);
  metrics.decided("send_message", "accepted");
  const lines = (await metrics.text()).split("\n").filter((line) => line !== "");
  metrics.close();
  const sample = /^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (\d+(\.\d+)?(e-?\d+)?|\+Inf|NaN)$/;
  for (const line of lines) assert.match(line, line.startsWith("#") ? /^# (HELP|TYPE) [a-z_]+ ./ : sample);
  const described = lines.filter((line) => line.startsWith("# TYPE"));
  assert.equal(new Set(described).size, described.length);
  assert.ok(described.every((line) => line.includes(" crowbar_")));
});
