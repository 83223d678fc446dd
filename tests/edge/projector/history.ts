// What was done in a chat, decided by the module and stored: the log that the tests here make views of.
import { load } from "@crowbar/domain/chat";
import { readVerdict } from "../../../edge/commands/verdict.ts";
import type { Aggregate, Domain } from "../../../edge/domain.ts";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";

export const noon = 1_709_208_000_000;
export const general = "channel-general";
export const random = "channel-random";

export const domain = (await load()) as unknown as Domain;

const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const bytesOf = (value: object) => Buffer.from(JSON.stringify(value));

/** A log, and who writes it. */
export class History {
  readonly store: EventStore;
  /** Ms between two commands. */
  pace = 1;
  readonly #streams = new Map<string, Aggregate>();
  #count = 0;

  constructor(store: EventStore = new MemoryEventStore()) {
    this.store = store;
  }

  /** Ada makes general, bob joins it. */
  static async ofGeneral(store?: EventStore): Promise<History> {
    const history = new History(store);
    await history.create(general);
    await history.join(general, "bob");
    return history;
  }

  create = (stream: string, who = "ada", name = stream.slice("channel-".length)) =>
    this.send(who, stream, "create_channel", { name, description: "" });
  join = (stream: string, who: string) => this.send(who, stream, "join_channel");
  leave = (stream: string, who: string) => this.send(who, stream, "leave_channel");
  rename = (stream: string, name: string, who = "ada") => this.send(who, stream, "rename_channel", { name });
  archive = (stream: string, who = "ada") => this.send(who, stream, "archive_channel");
  say = (stream: string, messageId: string, who = "ada", text = `I say ${messageId}`) =>
    this.send(who, stream, "send_message", { messageId, text });
  edit = (stream: string, messageId: string, text: string, who = "ada") =>
    this.send(who, stream, "edit_message", { messageId, text });
  react = (stream: string, messageId: string, emoji: string, who: string) =>
    this.send(who, stream, "add_reaction", { messageId, emoji });
  register = (who: string, name = who) => this.send(who, `user-${who}`, "register_user", { name });

  /** Messages m<first> … m<last> of ada's, stored together. */
  async sayMany(stream: string, first: number, last: number, text = "I say it"): Promise<void> {
    const all: Promise<unknown>[] = [];
    for (let number = first; number <= last; number += 1) {
      all.push(this.say(stream, `m${number}`, "ada", `${text} ${number}`));
    }
    await Promise.all(all);
  }

  /** Decides a command and stores what comes of it. Throws where it is refused. */
  async send(who: string, stream: string, type: string, data: object = {}): Promise<void> {
    this.#count += 1;
    const id = uuid(this.#count);
    const aggregate = this.#streams.get(stream) ?? domain.open(stream.split("-", 1)[0] ?? "", stream);
    this.#streams.set(stream, aggregate);
    const command = bytesOf({ id, stream, type, data });
    const context = bytesOf({ at: noon + this.#count * this.pace, actor: { id: who, roles: [] } });
    const decidedAt = aggregate.version;
    const bytes = aggregate.decideBytes(command, context);
    const verdict = readVerdict(bytes, decidedAt);
    if (!verdict.accepted) throw new Error(`${type} by ${who} on ${stream}: ${verdict.rejection.message}`);
    if (verdict.events.length > 0) aggregate.evolve(bytes);
    const decided = { id, actor: who, digest: "0", stream, decidedAt, command, context, verdict: bytes };
    await this.store.append({ decided, events: verdict.events, claims: verdict.claims });
  }

  /** Stores an event that no rule has decided, as its bytes. */
  async storeStrange(stream: string, version: number, event: object | string): Promise<void> {
    this.#count += 1;
    const id = uuid(this.#count);
    const bytes = Buffer.from(typeof event === "string" ? event : JSON.stringify(event));
    const nothing = new Uint8Array();
    const decided = { id, actor: "ada", digest: "0", stream, decidedAt: version - 1 };
    const result = await this.store.append({
      decided: { ...decided, command: nothing, context: nothing, verdict: nothing },
      events: [{ version, bytes }],
      claims: [],
    });
    if (result.kind !== "appended") throw new Error(`${stream} ${version} was not stored: ${result.kind}`);
  }

  /** Gives back what is open in the module. */
  close(): void {
    for (const aggregate of this.#streams.values()) aggregate.close();
    this.#streams.clear();
  }
}

/** An event as it could be stored, of ada. */
export const strange = (stream: string, version: number, type: string, data: object = {}, schema = 1) => ({
  id: `${uuid(900_000 + version)}.0`,
  ...{ stream, version, type, schema },
  at: noon,
  actor: { id: "ada", roles: [] },
  command: uuid(900_000 + version),
  domain: "test",
  data,
});

/** Ada has made general and said m1, bob has made random. */
export async function twoChannels(): Promise<History> {
  const history = await History.ofGeneral();
  await history.say(general, "m1");
  await history.create(random, "bob");
  return history;
}
