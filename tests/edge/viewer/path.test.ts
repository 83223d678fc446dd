import assert from "node:assert/strict";
import { test } from "node:test";
import { readPath } from "../../../edge/viewer/path.ts";
import { adas, atTheEdge, event, outcomeOf, wasPassed } from "./at_the_edge.ts";

for (const path of [
  "/",
  "/commands",
  "/views/allchannels.json",
  "/views/messages/a@b.c:d~e-f/1.json",
  "/.well-known/domain",
  "/assets/",
  "/a/b/c/",
]) {
  test(`${path} is a path`, () => {
    assert.equal(readPath(path), path);
  });
}

for (const [written, meant] of [
  ["/views/channel/ada%40example.org.json", "/views/channel/ada@example.org.json"],
  ["/streams/channel-a%3Ab/events", "/streams/channel-a:b/events"],
  ["/%63ommands", "/commands"],
  ["/commands%2Ejson", "/commands.json"],
] as const) {
  test(`${written} means ${meant}`, () => {
    assert.equal(readPath(written), meant);
  });
}

for (const path of [
  "",
  "commands",
  "*",
  "http://evil.example/commands",
  "//evil.example/",
  "/views//x",
  "/views/../commands",
  "/..",
  "/.",
  "/views/./x",
  "/views/%2e%2e/x",
  "/views/%2E./x",
  "/views/.%2e/x",
  "/views/..%2f..%2fetc/passwd",
  "/views/%2e%2e%2f",
  "/views/a%2fb",
  "/views%2Fx",
  "/views/%252e%252e/x",
  "/views/%25",
  "/views/x%00.json",
  "/views/x\u0000",
  "/views/..%5c..%5cx",
  "/views\\x",
  "/views/%5c",
  "/views/%c0%ae%c0%ae/x",
  "/views/%e0%80%ae/x",
  "/views/%u002e/x",
  "/views/\u002e\u002e/x",
  "/views/%",
  "/views/%2",
  "/views/%zz",
  "/views/%ff",
  "/views/%c3%a4",
  "/views/\u00e4",
  "/views/x;y=1",
  "/views/x?y",
  "/views/x#y",
  "/views/x y",
  "/views/x%20y",
  "/views/x%0d%0ay",
  "/views/x\r\ny",
  "/views/x\u2024",
  "/views/<script>",
]) {
  test(`${JSON.stringify(path)} is no path`, () => {
    assert.equal(readPath(path), undefined);
  });
}

test("what the edge has judged is what the origin sees, and what is no path goes nowhere", async () => {
  const { handler } = atTheEdge();
  const result = await handler(event({ uri: "/%76iews/ada%40home.json", headers: { authorization: adas } }));
  assert.ok(wasPassed(result) && result.uri === "/views/ada@home.json");
  assert.equal(outcomeOf(await handler(event({ uri: "/%2e%77ell-known/domain" }))), "passed");
  assert.equal(outcomeOf(await handler(event({ uri: "/assets/%2e%2e/views/allchannels.json" }))), "400 path_malformed");
  assert.equal(outcomeOf(await handler(event({ uri: "/assets/../views/allchannels.json" }))), "400 path_malformed");
  assert.equal(outcomeOf(await handler(event({ method: "GET", uri: "/%63ommands" }))), "405 method_not_allowed");
});
