import assert from "node:assert/strict";
import { test } from "node:test";
import { importedCommand } from "../../../edge/cli/importing/command.ts";
import { Pipeline } from "../../../edge/cli/importing/pipeline.ts";
import { importIrc } from "../../../edge/cli/operations/import_irc.ts";
import { type Append, type AppendResult, StoreUnavailable } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { folderOf } from "./folders.ts";
import { type MemoryStack, memoryStack, noon, ran, slice, viewsOf, withSlice } from "./memory_stack.ts";

const never = new AbortController().signal;

/** Lets time pass until that is done. */
async function inTime<T>({ clock }: MemoryStack, work: Promise<T>): Promise<T> {
  let done = false;
  const watched = work.finally(() => {
    done = true;
  });
  watched.catch(() => {});
  while (!done) await clock.advance(100);
  return watched;
}

/** Refuses single appends, as a group commit does that fails between two others. */
class FillingStore extends MemoryEventStore {
  readonly #isFull: (id: string, attempt: number) => boolean;
  readonly #attempts = new Map<string, number>();

  constructor(isFull: (id: string, attempt: number) => boolean) {
    super();
    this.#isFull = isFull;
  }

  override async append(append: Append): Promise<AppendResult> {
    const { id } = append.decided;
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    if (this.#isFull(id, attempt)) throw new StoreUnavailable("full", "No room is left.");
    return super.append(append);
  }
}

const failing = (isFull: (id: string, attempt: number) => boolean) => memoryStack(new FillingStore(isFull));

const channel = (type: string, data: object, actor: string, place: string, upon: readonly string[] = []) =>
  importedCommand({ type, stream: "channel-general", data: { ...data }, actor, at: noon, place, upon });
const create = channel("create_channel", { name: "general", description: "" }, "ada", "create");
const say = (messageId: string, actor: string, upon: readonly string[] = []) =>
  channel("send_message", { messageId, text: messageId }, actor, messageId, upon);

test("the same part of the input is the same command, another one is another", () => {
  assert.equal(say("m1", "ada").id, say("m1", "ada").id);
  assert.match(say("m1", "ada").id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const others = [say("m1", "ada"), say("m2", "ada"), say("m1", "bob"), channel("join_channel", {}, "ada", "m1")];
  assert.equal(new Set(others.map(({ id }) => id)).size, others.length);
});

test("commands are carried out in their order, however many are on their way", async () => {
  const stack = await memoryStack();
  const pipeline = new Pipeline(stack, never, () => assert.fail());
  await pipeline.send(create);
  const ids = Array.from({ length: 2_000 }, (_, index) => `m${index}`);
  for (const id of ids) await pipeline.send(say(id, "ada"));
  await pipeline.finish();
  const log = await stack.store.log(1, 5_000);
  assert.deepEqual(
    log.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()).data.messageId),
    ids,
  );
});

test("what was judged without something that a full store did not take is sent once more", async () => {
  const join = channel("join_channel", {}, "bob", "join");
  const stack = await failing((id, attempt) => id === join.id && attempt === 1);
  const refused: string[] = [];
  const pipeline = new Pipeline(stack, never, ({ type }, { code }) => refused.push(`${type} ${code}`));
  await inTime(stack, pipeline.send(create));
  await inTime(stack, pipeline.finish());
  await Promise.all([pipeline.send(join), pipeline.send(say("m1", "bob", [join.id]))]);
  await inTime(stack, pipeline.finish());
  assert.deepEqual(refused, []);
  // A no is remembered for ever: the first one is there, and the message all the same.
  const commands = await stack.store.commands("channel-general", 0, 10);
  const outcomes = commands.map(({ verdict }) => JSON.parse(Buffer.from(verdict).toString()));
  assert.deepEqual(
    outcomes.map(({ accepted, rejection }) => rejection?.code ?? accepted),
    [true, "not_a_member", true, true],
  );
  assert.equal(await stack.store.head("channel-general"), 3);
});

test("a store that is full now and then loses nothing of a log", async () => {
  const whole = await viewsOf(await withSlice());
  let count = 0;
  const stack = await failing((_, attempt) => attempt === 1 && ++count % 7 === 0);
  const { items } = await inTime(stack, ran(importIrc, stack, { folder: slice, channel: "ubuntu" }));
  assert.deepEqual(
    items.map((item) => JSON.stringify(item)).filter((item) => item.includes("not_a_member")),
    [],
  );
  const views = await inTime(stack, viewsOf(stack));
  const overview = ({ members = [], ...rest }: { readonly members?: readonly string[] }) => {
    return { ...rest, members: members.toSorted() };
  };
  assert.deepEqual(overview(views["channel/ubuntu"] as object), overview(whole["channel/ubuntu"] as object));
  assert.deepEqual(views.allusers, whole.allusers);
});

test("a store that stays full ends the import, and the next one goes on", async () => {
  let isFull = false;
  const stack = await failing(() => isFull);
  const folder = folderOf({ "2005-06-06.txt": "[09:00] <ada> hi\n" });
  isFull = true;
  const failed = inTime(stack, ran(importIrc, stack, { folder, channel: "ubuntu" }));
  await assert.rejects(failed, { name: "OperationFailed", reason: "unavailable", message: /\(store_unavailable\)/ });
  assert.equal(await stack.store.head("channel-ubuntu"), 0);
  isFull = false;
  const { result } = await inTime(stack, ran(importIrc, stack, { folder, channel: "ubuntu" }));
  assert.equal(result.events, 5);
});

test("what is stopped is not sent, and what was sent is answered by then", async () => {
  const stack = await memoryStack();
  const stopping = new AbortController();
  const pipeline = new Pipeline(stack, stopping.signal, () => assert.fail());
  await pipeline.send(create);
  await pipeline.send(say("m1", "ada"));
  stopping.abort(new Error("stopped"));
  await assert.rejects(pipeline.send(say("m2", "ada")), /stopped/);
  assert.equal(await stack.store.head("channel-general"), 2);
});

test("a mistake of ours ends the import as one", async () => {
  const fault = (step: string) => {
    if (step === "append") throw new RangeError("a mistake");
  };
  const pipeline = new Pipeline(await memoryStack(new MemoryEventStore({ fault })), never, () => assert.fail());
  await pipeline.send(create);
  await assert.rejects(pipeline.finish(), { name: "OperationFailed", reason: "defect" });
});
