import assert from "node:assert/strict";
import { test } from "node:test";
import { healthStatus, worstOf } from "../../../edge/local/page/health.ts";
import { page } from "../../../edge/local/page/page.ts";
import { healthWith } from "./shown.ts";

let count = 0;
const newId = () => {
  count += 1;
  return `id-${count}`;
};
const at = (origin: string) => page("/status", { origin, newId })?.body ?? "";

test("the lines to copy name the stack's own address, and each a command id of its own", () => {
  const body = at("http://127.0.0.1:9999");
  assert.match(body, /curl -s http:\/\/127\.0\.0\.1:9999\/commands /);
  assert.match(body, /npx crowbar token ada --url http:\/\/127\.0\.0\.1:9999\)/);
  const ids = body.match(/"id":"id-\d+"/g) ?? [];
  assert.equal(new Set(ids).size, 3);
  assert.doesNotMatch(body, /\{\{|8080/);
  assert.match(at("http://127.0.0.1:8080"), /TOKEN=\$\(npx crowbar token ada\)</);
});

test("what the page tells to send, the rules know", async () => {
  const { load } = await import("@crowbar/domain/chat");
  const chat = await load();
  const lines = [...at("http://127.0.0.1:8080").matchAll(/-d '(\{.*\})'/g)].map(([, json]) => JSON.parse(json ?? ""));
  const context = { at: 0, actor: { id: "ada" } };
  using user = chat.open("user", "user-ada");
  using channel = chat.open("channel", "channel-general");
  assert.equal(lines.length, 3);
  for (const [index, line] of lines.entries()) {
    const aggregate = line.stream === "user-ada" ? user : channel;
    const id = `018df4c1-4800-7000-8000-00000000000${index}`;
    const verdict = aggregate.decide({ ...line, id }, context);
    assert.equal(verdict.accepted, true, JSON.stringify(verdict));
    aggregate.evolve(verdict as never);
  }
});

test("the page and its files forbid all that they do not need, and only they are served", () => {
  for (const path of ["/status", "/page/style.css", "/page/page.css", "/page/page.js", "/page/icon.svg"]) {
    const { status, headers } = page(path, { origin: "http://127.0.0.1:8080", newId }) ?? {};
    assert.equal(status, 200);
    assert.match(
      headers?.["content-security-policy"] ?? "",
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    assert.equal(headers?.["x-content-type-options"], "nosniff");
  }
  const body = at("http://127.0.0.1:8080");
  assert.doesNotMatch(body, /<script(?! type="module" src="\/page\/page\.js")|\son\w+=|style=|https:|<style/);
  for (const path of [
    "/",
    "/page/page.ts",
    "/page/../page.ts",
    "/page/",
    "/index.html",
    "constructor",
    "__proto__",
    "",
  ]) {
    assert.equal(page(path, { origin: "http://127.0.0.1:8080", newId }), undefined, path);
  }
});

test("a whole is as its worst part is", () => {
  assert.equal(worstOf(healthWith("ok", "").parts), "ok");
  assert.equal(worstOf(healthWith("slow", "").parts), "slow");
  assert.equal(worstOf(healthWith("stopped", "").parts), "stopped");
  assert.deepEqual([healthStatus("ok"), healthStatus("slow"), healthStatus("stopped")], [200, 200, 503]);
});
