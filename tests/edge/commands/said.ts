// Commands as clients send them, and the small stack that decides them: the module, a store in memory, a clock that
// stands at noon.
import { after } from "node:test";
import { load } from "@crowbar/domain/chat";
import type { Reply } from "../../../edge/commands/commands.ts";
import { Deciding, type DecidingOptions } from "../../../edge/commands/deciding.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import type { Domain } from "../../../edge/domain.ts";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";

export const noon = 1_709_208_000_000;
export const ada = { id: "ada" };
export const bob = { id: "bob" };
export const general = "channel-general";

export const domain = (await load()) as unknown as Domain;

export interface Said {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly data: object;
  readonly expectedVersion?: number;
}

/** The same UUID for the same number, in every run. */
export const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

export const command = (number: number, type: string, data: object = {}, stream = general): Said => ({
  id: uuid(number),
  stream,
  type,
  data,
});
export const create = (number: number, name = "general", stream = general) =>
  command(number, "create_channel", { name, description: "" }, stream);
export const say = (number: number, text = `message ${number}`, stream = general) =>
  command(number, "send_message", { messageId: `m${number}`, text }, stream);
export const join = (number: number, stream = general) => command(number, "join_channel", {}, stream);

export const bytes = (said: object | string) => Buffer.from(typeof said === "string" ? said : JSON.stringify(said));

export interface Small {
  readonly store: EventStore;
  readonly clock: FixedClock;
  readonly commands: Deciding;
  readonly defects: unknown[];
  /** Sends a command as somebody, ada where nobody is named. */
  send(said: object | string, actor?: { readonly id: string }, more?: object): Promise<Reply>;
  /** The stored events of a stream. */
  log(stream?: string): Promise<readonly { readonly type: string; readonly version: number; readonly data: object }[]>;
}

const opened: Deciding[] = [];
after(() => Promise.all(opened.map((commands) => commands.close())));

/** `changes` replaces parts: another store, a previous module. */
export function small(changes: Partial<DecidingOptions> = {}): Small {
  const store = changes.store ?? new MemoryEventStore();
  const clock = new FixedClock(noon);
  const defects: unknown[] = [];
  const commands = new Deciding({ domain, store, clock, report: (defect) => defects.push(defect), ...changes });
  opened.push(commands);
  return {
    store,
    clock,
    commands,
    defects,
    send: (said, actor = ada, more = {}) => commands.submit({ command: bytes(said), actor, ...more }),
    log: async (stream = general) => {
      const { events } = await store.read(stream, 0, 1_000_000);
      const text = new TextDecoder().decode(events).trimEnd();
      return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line));
    },
  };
}

/** The verdict as text, or the code of the refusal: equal for equal answers. */
export const told = (reply: Reply) =>
  reply.kind === "accepted" ? Buffer.from(reply.verdict).toString() : codeOf(reply);
/** The code of a refusal, or "accepted". */
export const codeOf = (reply: Reply) => (reply.kind === "refused" ? reply.refusal.code : "accepted");

/** A port with some of its functions replaced. */
export function instead<Port extends object>(port: Port, changes: Partial<Port>): Port {
  return new Proxy(port, {
    get(target, name) {
      const found = Reflect.get(name in changes ? changes : target, name);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}
