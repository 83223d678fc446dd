import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { lightRequest } from "../../../edge/local/cloudfront/light_request.ts";

const body = Buffer.from('{"a":"\u00e9"}');
const url = "http://chat.example/commands?x=1";
const headers = [
  ["content-type", "application/json"],
  ["accept", "a"],
  ["accept", "b"],
] as const;

function light(changes: { readonly method?: string; readonly body?: Buffer | undefined } = {}) {
  const response = Object.assign(new EventEmitter(), { closed: false, writableFinished: false });
  const parts = { method: "POST", url, headers, body, ...changes };
  return { request: lightRequest({ ...parts, response: response as unknown as ServerResponse }), response };
}
const real = () => new Request(url, { method: "POST", headers: headers as unknown as [string, string][], body });

test("it is a Request, in every member that can be compared", () => {
  const { request } = light();
  assert.ok(request instanceof Request);
  assert.equal(Object.prototype.toString.call(request), "[object Request]");
  const model = real();
  for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(Request.prototype))) {
    const mine = Reflect.get(request, name);
    if (get === undefined) assert.equal(typeof mine, typeof value, name);
    else if (typeof mine !== "object") assert.equal(mine, Reflect.get(model, name), name);
  }
  assert.deepEqual([...request.headers], [...model.headers]);
  assert.ok(request.body instanceof ReadableStream);
  assert.ok(request.signal instanceof AbortSignal);
});

for (const read of ["arrayBuffer", "bytes", "text", "json", "blob"] as const) {
  test(`its body is read by ${read}, once`, async () => {
    const { request } = light();
    assert.equal(request.bodyUsed, false);
    const [mine, theirs] = [await request[read](), await real()[read]()];
    if (mine instanceof Blob) assert.equal(await mine.text(), body.toString());
    else assert.deepEqual(mine, theirs);
    assert.equal(request.bodyUsed, true);
    for (const again of ["arrayBuffer", "text", read] as const) await assert.rejects(request[again](), TypeError);
    assert.throws(() => request.clone(), TypeError);
  });
}

test("its body is a copy: whoever changes it changes nothing here", async () => {
  const { request } = light();
  new Uint8Array(await request.arrayBuffer()).fill(0);
  assert.equal(body.toString(), '{"a":"\u00e9"}');
});

test("a clone is read beside it", async () => {
  const { request } = light();
  const clone = request.clone();
  assert.equal(await clone.text(), await request.text());
  assert.equal(await new Request(light().request.clone()).text(), body.toString());
});

test("without a body it has none", async () => {
  const { request } = light({ method: "GET", body: undefined });
  assert.equal(request.body, null);
  assert.equal((await request.arrayBuffer()).byteLength, 0);
});

test("its signal says when the answer is not wanted any more, and only then", () => {
  const gone = light();
  const { signal } = gone.request;
  gone.response.emit("close");
  assert.ok(signal.aborted);
  assert.strictEqual(gone.request.signal, signal);

  const answered = light();
  answered.response.writableFinished = true;
  const kept = answered.request.signal;
  answered.response.emit("close");
  assert.equal(kept.aborted, false);

  const late = light();
  late.response.closed = true;
  assert.ok(late.request.signal.aborted);
});
