// What observing costs: node tests/edge/observe/cost.ts [requests]. Prints microseconds of processor time for each request with one
// command, its append, and its event on the way to three views: medians of seven rounds, beyond doing nothing.
import { SystemClock } from "../../../edge/context/system_clock.ts";
import { SystemIds } from "../../../edge/context/system_ids.ts";
import type { Log } from "../../../edge/observe/log.ts";
import { Observe } from "../../../edge/observe/observe.ts";
import { observeCommands } from "../../../edge/observe/observe_commands.ts";
import { observeQueue } from "../../../edge/observe/observe_queue.ts";
import { observeStore } from "../../../edge/observe/observe_store.ts";
import { pinoLog } from "../../../edge/observe/pino_log.ts";
import { routeOf } from "../../../edge/observe/route.ts";
import { deadCommands, deadQueue, deadStore, event, sent } from "./dead_parts.ts";

const requests = Number(process.argv[2] ?? 10_000);
const clock = new SystemClock();
const ids = new SystemIds(clock);
const silent: Log = { level: "silent", write: () => {}, close: async () => {} };
interface Case {
  readonly name: string;
  readonly log: () => Log;
  readonly perSecond: number;
  readonly observed: boolean;
}

async function run({ log, perSecond, observed }: Case): Promise<number> {
  const observe = new Observe({ clock, log: log(), types: ["send_message"], perSecond });
  const [store, queue] = [deadStore(), deadQueue()];
  const commands = deadCommands(store, clock.now());
  if (observed) {
    observeStore(store, observe);
    observeQueue(queue, observe, clock);
    observeCommands(commands, observe);
  }
  const signal = new AbortController().signal;
  const views = ["channel/general", "allchannels", "messages/general/1"];
  const once = async (commandId: string) => {
    const from = performance.now();
    const route = routeOf("/commands?x=1");
    const span = observed ? observe.traces.begin(`POST ${route}`) : undefined;
    const work = () => commands.submit({ command: sent(commandId), actor: { id: "ada" } });
    await (span ? observe.traces.within(span, work) : work());
    if (observed) {
      const ms = performance.now() - from;
      const seen = { requestId: ids.request(), method: "POST", route, status: 200, stream: "channel-general", ms };
      observe.request({ ...seen, actor: "ada", commandId }, span);
    }
    const message = {
      stream: "channel-general",
      version: 1,
      after: 0,
      position: 1,
      event: event(commandId, clock.now()),
    };
    await queue.publish(
      views.map((group) => ({ ...message, group })),
      signal,
    );
    for (const _ of views) {
      const delivery = await queue.receive({ max: 500, visibilityMs: 60_000, signal });
      if (delivery) await queue.acknowledge(delivery);
    }
  };
  for (let i = 0; i < requests / 4; i += 1) await once(ids.request());
  // Processor time: what others do on the machine does not count.
  const from = process.cpuUsage();
  for (let i = 0; i < requests; i += 1) await once(ids.request());
  const { user, system } = process.cpuUsage(from);
  const each = (user + system) / requests;
  await observe.close();
  return each;
}

const lines = () => pinoLog({ clock, level: "info", to: "/dev/null" });
const cases: readonly Case[] = [
  { name: "nothing", log: () => silent, perSecond: 0, observed: false },
  { name: "figures alone", log: () => silent, perSecond: 0, observed: true },
  { name: "figures and lines", log: lines, perSecond: 0, observed: true },
  { name: "figures, lines and 20 traces a second", log: lines, perSecond: 20, observed: true },
  { name: "figures, lines and every trace", log: lines, perSecond: Number.POSITIVE_INFINITY, observed: true },
];
const rounds: number[][] = [];
for (let round = 0; round < 7; round += 1) {
  const costs: number[] = [];
  for (const each of cases) costs.push(await run(each));
  rounds.push(costs);
}
const median = (at: number) => rounds.map((costs) => costs[at] ?? 0).sort((a, b) => a - b)[3] ?? 0;
for (const [at, { name }] of cases.entries()) {
  process.stdout.write(`${(median(at) - (at === 0 ? 0 : median(0))).toFixed(1).padStart(6)} µs  ${name}\n`);
}
