// The process that dies: the real stack on a folder. A line of standard input is a command, a line of standard output its
// answer; what goes to standard error is a defect. It ends in order with its input.
import { createInterface } from "node:readline";
import { Death, interposeParts, interposeSystem, spoil } from "./interposed.ts";
import type { Told } from "./points.ts";
import { type Answer, outcomeOf, type Sent } from "./wire.ts";

const { data, death: at, flaw } = JSON.parse(process.env.SIMULATION ?? "{}") as Told;
const death = new Death(at);
interposeSystem(death);

// Only now: these modules keep the calls that they find.
const [{ openStack }, { SqliteEventStore }, { FileViews }, { MemoryQueue }, { Hub }] = await Promise.all([
  import("../../edge/local/open_stack.ts"),
  import("../../edge/store/sqlite/event_store.ts"),
  import("../../edge/views/file_views.ts"),
  import("../../edge/relay/memory_queue.ts"),
  import("../../edge/push/hub.ts"),
]);
const classes = {
  store: SqliteEventStore.prototype,
  views: FileViews.prototype,
  queue: MemoryQueue.prototype,
  push: Hub.prototype,
};
if (flaw !== undefined) spoil(classes, flaw);
interposeParts(classes, death);

const report = (defect: unknown) => console.error(defect);
const stack = await openStack({ data, report, observer: { failed: (part, error) => console.error(part, error) } });

function say(answer: Answer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function take(sent: Sent): Promise<void> {
  if ("replay" in sent) return void (await stack.replay());
  const { id, actor, command } = sent;
  const reply = await stack.commands.submit({ command: Buffer.from(command), actor: { id: actor } });
  death.at("answer.before");
  say({ id, outcome: outcomeOf(reply) });
  death.at("answer.after");
}

say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) take(JSON.parse(line)).catch(report);
await stack.close();
