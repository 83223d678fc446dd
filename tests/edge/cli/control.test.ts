import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { connectControl } from "../../../edge/cli/control_client.ts";
import { type Control, serveControl } from "../../../edge/cli/control_server.ts";
import { controlSocket } from "../../../edge/cli/folder.ts";
import { type Json, type Operation, OperationFailed, type Progress } from "../../../edge/cli/operation.ts";
import { StoreUnavailable } from "../../../edge/store/event_store.ts";
import { folder } from "./folders.ts";
import { memoryStack } from "./memory_stack.ts";

const never = new AbortController().signal;
const stack = await memoryStack();
const open: Control[] = [];
after(() => Promise.all(open.map((control) => control.close())));

async function served(operations: { readonly [name: string]: Operation }) {
  const data = folder();
  const defects: unknown[] = [];
  const control = await serveControl({ data, stack, operations, report: (defect) => defects.push(defect) });
  open.push(control);
  return { data, control, defects };
}

async function asked(data: string, operation: string, options = {}, signal = never) {
  const client = await connectControl(data);
  assert.ok(client);
  const said: Progress[] = [];
  const work = client.run(operation, options, signal);
  for (;;) {
    const next = await work.next();
    if (next.done) return { said, result: next.value };
    said.push(next.value);
  }
}

/** Waits until it is stopped; says so. */
function waiting(): {
  readonly operation: Operation;
  readonly begun: Promise<void>;
  readonly stopped: Promise<unknown>;
} {
  const begun = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<unknown>();
  const operation: Operation = async function* (_stack, _options, signal) {
    yield { kind: "step", step: "waiting", done: 0, unit: "things" };
    begun.resolve();
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    stopped.resolve(signal.reason);
    throw signal.reason;
  };
  return { operation, begun: begun.promise, stopped: stopped.promise };
}

test("an operation is carried out where the data is: its progress, its parts and its result come back", async () => {
  const { data } = await served({
    async *double(own, options) {
      assert.equal(own, stack);
      yield { kind: "step", step: "doubling", done: 1, total: 2, unit: "numbers" };
      yield { kind: "item", item: { text: "a line\nand \u2028 another", number: 1 } };
      return { doubled: Number(options.number) * 2 };
    },
  });
  const { said, result } = await asked(data, "double", { number: 21 });
  assert.deepEqual(said, [
    { kind: "step", step: "doubling", done: 1, total: 2, unit: "numbers" },
    { kind: "item", item: { text: "a line\nand \u2028 another", number: 1 } },
  ]);
  assert.deepEqual(result, { doubled: 42 });
});

test("what goes wrong there is told here, by its kind", async () => {
  const failing = (error: unknown): Operation =>
    async function* () {
      yield* [];
      throw error;
    };
  const { data, defects } = await served({
    usage: failing(new OperationFailed("usage", "There is no such folder.")),
    busy: failing(new StoreUnavailable("full", "No room is left.")),
    broken: failing(new RangeError("a mistake")),
  });
  await assert.rejects(asked(data, "usage"), { reason: "usage", message: "There is no such folder." });
  await assert.rejects(asked(data, "busy"), { reason: "unavailable", message: "No room is left." });
  await assert.rejects(asked(data, "broken"), { reason: "defect", message: /RangeError: a mistake\n/ });
  assert.deepEqual(defects.map(String), ["RangeError: a mistake"]);
});

test("an operation that is not known, or is a name of JavaScript's own, is refused by name", async () => {
  const { data } = await served({});
  for (const name of ["fly", "constructor", "__proto__", ""]) {
    await assert.rejects(asked(data, name), { reason: "usage", message: new RegExp(`knows no operation "${name}"`) });
  }
});

test("whoever hangs up stops their operation, and no other", async () => {
  const one = waiting();
  const other = waiting();
  const { data } = await served({ one: one.operation, other: other.operation });
  const stopping = new AbortController();
  const asking = asked(data, "one", {}, stopping.signal);
  const going = asked(data, "other");
  await Promise.all([one.begun, other.begun]);
  stopping.abort(new OperationFailed("interrupted", "Interrupted."));
  await assert.rejects(asking, { reason: "interrupted" });
  assert.equal(((await one.stopped) as OperationFailed).reason, "interrupted");
  const refused = assert.rejects(going, { reason: "unavailable", message: /closing down\. Run it again\.$/ });
  await open.at(-1)?.close();
  await refused;
});

test("the process that closes down tells whoever waits, and takes its socket away", async () => {
  const { operation, begun, stopped } = waiting();
  const { data, control } = await served({ wait: operation });
  const asking = asked(data, "wait");
  await begun;
  const refused = assert.rejects(asking, { reason: "unavailable", message: /closing down\. Run it again\.$/ });
  await control.close();
  await refused;
  assert.equal(((await stopped) as OperationFailed).reason, "unavailable");
  assert.ok(!existsSync(controlSocket(data)));
  assert.equal(await connectControl(data), undefined);
});

test("nobody but the user may open the socket, and none is left of a process that was killed", async () => {
  const data = folder();
  chmodSync(data, 0o755);
  // What a killed process leaves.
  writeFileSync(join(data, "control.sock"), "");
  assert.equal(await connectControl(data), undefined);
  open.push(await serveControl({ data, stack, operations: {} }));
  assert.equal(statSync(join(data, "control.sock")).mode & 0o777, 0o600);
  assert.ok(await connectControl(data));
});

test("a folder without a process is no error", async () => {
  assert.equal(await connectControl(folder()), undefined);
  assert.equal(await connectControl(join(folder(), "none")), undefined);
});

test("a folder that lies too deep for a socket is refused by name, with both lengths", async () => {
  const deep = join(folder(), "d".repeat(100));
  mkdirSync(deep);
  const refused = { reason: "usage", message: /its socket's path has \d+ bytes, the limit is 103: .*control\.sock$/ };
  await assert.rejects(connectControl(deep), refused);
  await assert.rejects(serveControl({ data: deep, stack, operations: {} }), refused);
});

test("hostile requests are answered or hung up on, and the next one is served", async () => {
  const { data, defects } = await served({
    async *ok() {
      yield* [];
      return { ok: true };
    },
  });
  const send = async (bytes: string | Buffer) => {
    const socket = createConnection(controlSocket(data));
    socket.on("error", () => {});
    socket.write(bytes);
    return text(socket);
  };
  const hostile = [
    "\n",
    "{\n",
    "null\n",
    "[]\n",
    '{"operation":1,"options":{}}\n',
    '{"operation":"ok"}\n',
    '{"operation":"ok","options":[]}\n',
    `${"x".repeat(100_000)}`,
    Buffer.from([0xff, 0xfe, 0x0a]),
  ];
  for (const bytes of hostile) {
    const { failure } = JSON.parse(await send(bytes));
    assert.equal(failure.reason, "usage", String(bytes).slice(0, 40));
  }
  const silent = createConnection(controlSocket(data));
  silent.end();
  assert.equal(await text(silent), "");
  assert.deepEqual((await asked(data, "ok")).result, { ok: true });
  assert.deepEqual(defects, []);
});

test("a long answer waits for whoever reads it slowly", async () => {
  let made = 0;
  const { data } = await served({
    async *many() {
      for (; made < 5_000; made += 1) yield { kind: "item", item: "x".repeat(1_000) };
      return { made };
    },
  });
  const client = await connectControl(data);
  assert.ok(client);
  const work = client.run("many", {}, never);
  const items: Json[] = [];
  const first = await work.next();
  assert.ok(!first.done);
  // Five megabytes do not lie about in between.
  for (let turns = 0; turns < 200; turns += 1) await new Promise(setImmediate);
  assert.ok(made < 5_000, String(made));
  for (let next = await work.next(); !next.done; next = await work.next()) {
    if (next.value.kind === "item") items.push(next.value.item);
  }
  assert.equal(items.length, 4_999);
});

test("a process that dies in the middle is told of", async () => {
  const data = folder();
  const server = createServer((socket) => {
    socket.once("data", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(controlSocket(data), resolve));
  await assert.rejects(asked(data, "anything"), { reason: "unavailable", message: /Run it again\.$/ });
  server.close();
});
