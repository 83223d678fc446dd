// The ways to a context's module, and what is refused on them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Domain, load, loadSync, type Types } from "@crowbar/domain/chat";
import { load as loadByUrl, loadSync as loadSyncByUrl } from "@crowbar/domain/chat/url";
import { ada, say, stream } from "./general.ts";

const file = new URL(import.meta.resolve("@crowbar/domain/chat/chat.wasm"));
const wasm = readFileSync(file);
const foreign = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0]);

const server = createServer((request, response) => {
  if (request.url === "/chat.wasm") response.setHeader("content-type", "application/wasm").end(wasm);
  else if (request.url === "/other.wasm") response.setHeader("content-type", "application/wasm").end(foreign);
  else response.writeHead(404).end("<!doctype html>");
});
const at = (path: string) => new URL(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
before(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
after(() => server.close());

function works(chat: Domain<Types>): void {
  assert.equal(chat.hash, createHash("sha256").update(wasm).digest("hex"));
  using channel = chat.open("channel", stream);
  const verdict = channel.decide(say("m1"), ada);
  assert.ok(!verdict.accepted);
  assert.equal(verdict.rejection.code, "channel_not_found");
}

test("the inlined module needs nothing else", async () => {
  works(await load());
  works(await load({}));
  works(loadSync());
});

test("the module comes from a URL, file: or http:", async () => {
  works(await load({ wasm: file }));
  works(await load({ wasm: pathToFileURL(file.pathname) }));
  works(await load({ wasm: at("/chat.wasm") }));
});

test("the module comes from a response, or the promise of one", async () => {
  works(await load({ wasm: await fetch(at("/chat.wasm")) }));
  works(await load({ wasm: fetch(at("/chat.wasm")) }));
});

test("the module comes from bytes", async () => {
  const copy = new Uint8Array(wasm);
  works(await load({ wasm }));
  works(await load({ wasm: copy }));
  works(await load({ wasm: copy.buffer }));
  works(loadSync({ wasm }));
  works(loadSync({ wasm: copy.buffer }));
});

test("the module comes compiled", async () => {
  const module = await WebAssembly.compile(wasm);
  works(await load({ wasm: module }));
  works(loadSync({ wasm: module }));
});

test("the entry for those who serve the module as a file finds it beside itself", async () => {
  works(await loadByUrl());
  works(await loadByUrl({ wasm: at("/chat.wasm") }));
  works(loadSyncByUrl({ wasm }));
  assert.throws(() => loadSyncByUrl(), { name: "CrowbarError", code: "module_unavailable" });
});

test("another module than the package's is refused, with both hashes", async () => {
  const actual = createHash("sha256").update(foreign).digest("hex");
  const refused = { name: "CrowbarError", code: "module_foreign", params: { expected: loadSync().hash, actual } };
  await assert.rejects(load({ wasm: foreign }), refused);
  await assert.rejects(load({ wasm: at("/other.wasm") }), refused);
  await assert.rejects(load({ wasm: fetch(at("/other.wasm")) }), refused);
  await assert.rejects(load({ wasm: wasm.subarray(0, -1) }), { code: "module_foreign" });
  await assert.rejects(load({ wasm: new Uint8Array() }), { code: "module_foreign" });
});

test("another module than the package's is refused by loadSync too", (t) => {
  t.mock.method(console, "error", () => {}); // the glue complains there as well
  assert.throws(() => loadSync({ wasm: foreign }), { name: "CrowbarError", code: "module_foreign" });
  assert.throws(() => loadSync({ wasm: wasm.subarray(0, -1) }), { name: "CrowbarError", code: "module_foreign" });
  const module = new WebAssembly.Module(foreign);
  assert.throws(() => loadSync({ wasm: module }), { name: "CrowbarError", code: "module_foreign" });
});

test("a module that is not there is told as such", async () => {
  const unavailable = { name: "CrowbarError", code: "module_unavailable" };
  await assert.rejects(load({ wasm: at("/nowhere.wasm") }), unavailable);
  await assert.rejects(load({ wasm: at("/nowhere.wasm") }), /nowhere\.wasm answers 404/);
  await assert.rejects(load({ wasm: new URL("file:///nowhere/chat.wasm") }), unavailable);
  await assert.rejects(load({ wasm: new URL("http://127.0.0.1:1/chat.wasm") }), unavailable);
});

test("a context says what it is made of", () => {
  const catalog = loadSync().describe();
  assert.equal(catalog.context, "chat");
  assert.deepEqual(
    catalog.aggregates.map(({ name }) => name),
    ["channel", "user"],
  );
  const send = catalog.aggregates[0]?.commands.find(({ type }) => type === "send_message");
  const field = send?.data.find(({ name }) => name === "text");
  assert.deepEqual([field?.min, field?.max, field?.required], [1, 4000, true]);
  const channelCreated = catalog.aggregates[0]?.events.find(({ type }) => type === "channel_created");
  assert.equal(channelCreated?.schema, 2);
  assert.deepEqual(
    catalog.views.map(({ name }) => name),
    ["allchannels", "allusers", "channel", "messages"],
  );
  assert.deepEqual(
    catalog.views.map(({ readers }) => readers),
    ["everybody", "everybody", "everybody", "stream"],
  );
  assert.ok(catalog.faults.some(({ code, outcome }) => code === "version_conflict" && outcome === "conflict"));
});

test("two domains share nothing", () => {
  const one = loadSync();
  const other = loadSync();
  using channel = one.open("channel", stream);
  const namesake = other.open("channel", stream);
  channel.fold([]);
  namesake.close();
  assert.equal(channel.version, 0);
});
