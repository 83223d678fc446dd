import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { create, say } from "../commands/said.ts";
import { folder, person, start, until } from "./running.ts";

test("what somebody sends is decided, stored, shown, and told to who listens", { timeout: 120_000 }, async (t) => {
  const { origin, printed, end } = await start(t, folder(t));
  const ada = await person(origin, "ada");
  const listening = new AbortController();
  const positions = await ada.get("/positions", { signal: listening.signal });
  assert.equal(positions.headers.get("content-type"), "text/event-stream");
  assert.equal((await ada.post(create(1))).status, 200);
  const sent = await ada.post(say(2, "a text that no log shows"));
  assert.equal(sent.status, 200);
  const page = await until(
    async () => ada.get("/views/messages/general/1.json"),
    ({ status }) => status === 200,
  );
  const { data } = (await page.json()) as { data: { text: string }[] };
  assert.equal(data[0]?.text, "a text that no log shows");
  await heard(positions, /"view":"messages\/general\/1"/);
  listening.abort();

  const health = (await (await fetch(`${origin}/health`)).json()) as { state: string };
  assert.equal(health.state, "ok");
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  assert.match(metrics, /crowbar_commands_total\{type="send_message",outcome="accepted"\} 1/);
  assert.equal(await end("SIGTERM"), 0);
  await theLogIsQuiet(printed(), ada.accessToken);
});

async function theLogIsQuiet(printed: string, token: string): Promise<void> {
  const lines = printed.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
  const line = lines.find(({ route, commandId }) => route === "/commands" && commandId === say(2).id);
  assert.equal(line?.status, 200);
  assert.equal(line?.stream, "channel-general");
  assert.equal(line?.actor, "ada");
  for (const secret of ["a text that no log shows", token, token.split(".")[1] as string]) {
    assert.ok(!printed.includes(secret));
  }
}

/** Reads a stream until it says that. */
async function heard(response: Response, what: RegExp): Promise<void> {
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (what.test(text)) return;
  }
  assert.fail(`the stream ended: ${text}`);
}

test("one trace leads from the request to the view", { timeout: 120_000 }, async (t) => {
  const { origin } = await start(t, folder(t));
  const ada = await person(origin, "ada");
  await ada.post(create(1));
  const names = await until(
    async () => {
      const traces = (await (await fetch(`${origin}/traces`)).json()) as { spans: { name: string }[] }[];
      return (
        traces.find(({ spans }) => spans.some(({ name }) => name === "decide"))?.spans.map(({ name }) => name) ?? []
      );
    },
    (spans) => spans.includes("project"),
  );
  for (const name of ["POST /commands", "decide", "append", "publish", "project"])
    assert.ok(names.includes(name), name);
});

test("killed and started again, it has what it acknowledged, and its people are who they were", {
  timeout: 120_000,
}, async (t) => {
  const data = folder(t);
  const first = await start(t, data);
  const before = await person(first.origin, "ada");
  await before.post(create(1));
  const answered = await (await before.post(say(2))).text();
  assert.equal(await first.end("SIGKILL"), "SIGKILL");
  const second = await start(t, data);
  const after = await person(second.origin, "ada");
  assert.equal(await (await after.post(say(2))).text(), answered);
  const events = await (await after.get("/streams/channel-general/events")).text();
  assert.equal(events.trimEnd().split("\n").length, 2);
  const view = await until(
    async () => (await after.get("/views/messages/general/1.json")).status,
    (status) => status === 200,
  );
  assert.equal(view, 200);
});

test("a second process on the same data is refused, by name", { timeout: 120_000 }, async (t) => {
  const data = folder(t);
  const { process: running } = await start(t, data);
  await assert.rejects(start(t, data), (error: Error) => {
    assert.match(error.message, /It ended with 1/);
    assert.ok(error.message.includes(String(running.pid)) && error.message.includes(data), error.message);
    return true;
  });
});

test("a port that is taken, or none, is said so", { timeout: 120_000 }, async (t) => {
  const { origin } = await start(t, folder(t));
  const { port } = new URL(origin);
  await assert.rejects(
    start(t, folder(t), { PORT: port }),
    new RegExp(`Port ${port} is taken .* PORT=${Number(port) + 1} npm start`),
  );
  await assert.rejects(start(t, folder(t), { PORT: "http" }), /It ended with 2: PORT is "http"/);
});

test("a page whose name was made to lead here reads nothing of the stack", { timeout: 120_000 }, async (t) => {
  const { origin } = await start(t, folder(t));
  const { port } = new URL(origin);
  const under = (host: string, path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path, headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
  for (const path of ["/health", "/metrics", "/traces"]) {
    assert.equal(await under(`localhost:${port}`, path), 200, path);
    assert.equal(await under(`elsewhere.example:${port}`, path), 404, path);
  }
});

test("the page says how to try it", { timeout: 120_000 }, async (t) => {
  const { origin } = await start(t, folder(t));
  const page = await fetch(`${origin}/status`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.ok((await page.text()).includes(`${origin}/commands`));
  assert.equal((await fetch(`${origin}/page/style.css`)).status, 200);
  assert.equal((await fetch(`${origin}/page/../secrets`)).status, 401);
});
