import type { Accepted, Command, ContextTypes, Rejection, Verdict } from "@crowbar/domain";
import { CommandIds } from "./command_ids.ts";
import type { Entry, Kept, KeptRejection } from "./kept.ts";
import { inOrder, Pending } from "./pending.ts";
import type { Streams } from "./streams.ts";
import type { Ending, Tabs } from "./tabs.ts";
import type { CommandBody, Rejected, SendOptions, Sent, Settled, Waiting } from "./types.ts";
import { Source } from "./watched.ts";

export interface OutboxParts<C extends ContextTypes> {
  readonly kept: Kept;
  readonly streams: Streams<C>;
  readonly tabs: Tabs;
  /** Shows what has changed. */
  readonly onChanged: () => void;
  /** There is something to send. */
  readonly onWork: () => void;
  /** A command is on the device, or there was no room for it. */
  readonly onKept: (error?: Error) => void;
}

/** So many ids of ended commands are remembered: another tab may speak of them late. */
const mostEnded = 2_000;

/** The commands that wait for the server's word, and those that ended with a no. */
export class Outbox<C extends ContextTypes> {
  readonly waiting = new Source<readonly Waiting<C>[]>([]);
  readonly rejected = new Source<readonly Rejected<C>[]>([]);
  readonly #parts: OutboxParts<C>;
  readonly #ids = new CommandIds();
  readonly #pending = new Map<string, Pending<C>>();
  /** The same in order. */
  #order: readonly Pending<C>[] | undefined;
  readonly #rejections = new Map<string, Rejected<C>>();
  readonly #settling = new Map<string, (settled: Settled<C>) => void>();
  readonly #ended = new Set<string>();

  constructor(parts: OutboxParts<C>) {
    this.#parts = parts;
  }

  /** Takes up what is on the device: the server may have heard of any of it. */
  async read(): Promise<void> {
    const { kept } = this.#parts;
    const [outbox, rejected] = await Promise.all([kept.outbox(), kept.rejected()]);
    for (const rejection of rejected) {
      this.#drop(rejection.id, { rejection });
      this.#reject(rejection);
    }
    const known = new Set(outbox.map(({ id }) => id));
    for (const entry of outbox) this.put(entry, true);
    for (const pending of this.#pending.values()) {
      if (!pending.kept) continue;
      pending.tried = true;
      // Its answer was on the way when the tab that sent it ended: it is asked for once more.
      if (!known.has(pending.id)) await kept.put(pending.entry).catch(() => {});
    }
  }

  /** A command that is kept on the device already. */
  put(entry: Entry, tried: boolean): void {
    if (this.#pending.has(entry.id) || this.#ended.has(entry.id)) return;
    const pending = new Pending<C>(entry);
    pending.kept = true;
    pending.tried = tried;
    this.#ids.follow(entry.id);
    this.#add(pending, false);
  }

  send(body: CommandBody<C>, { first = false }: SendOptions = {}): Sent<C> {
    const at = Date.now();
    const id = this.#ids.next(at);
    const { stream, type, data } = body as unknown as Command<C>;
    const text = JSON.stringify({ id, stream, type, data });
    const pending = new Pending<C>({ id, stream, text, at }, first);
    const verdict = this.#add(pending, true);
    if (verdict?.accepted === false && !this.#pending.has(id))
      return this.#refused(pending, verdict.rejection, verdict);
    const settled = new Promise<Settled<C>>((resolve) => this.#settling.set(id, resolve));
    const kept = this.#keep(pending);
    kept.catch(() => {});
    this.#parts.onChanged();
    const state = pending.decided ? "waiting" : "undecided";
    return { id, state, ...(pending.decided && verdict && { verdict }), kept, settled };
  }

  /** A command has its end: here, by the server, or in another tab. */
  end(id: string, ending: Ending): void {
    this.#remember(id);
    this.#drop(id, ending);
    if (ending.rejection !== undefined) this.#reject(ending.rejection);
  }

  /** The same for the device and the other tabs. */
  async endForAll(id: string, ending: Ending): Promise<void> {
    this.end(id, ending);
    await this.#parts.kept.end(id, ending.rejection);
    this.#parts.tabs.tell({ kind: "ended", id, ...ending });
  }

  refuse(pending: Pending<C>, { code, message, params }: Rejection, by: "here" | "server"): Promise<void> {
    const { id, entry } = pending;
    const rejection: KeptRejection = { id, entry, code, message, by, since: Date.now(), ...(params && { params }) };
    return this.endForAll(id, { rejection });
  }

  retry(id: string, data?: object, how?: SendOptions): Sent<C> {
    const rejected = this.#rejections.get(id);
    if (rejected === undefined) throw new RangeError(`There is no rejected command ${id}.`);
    const { command } = rejected;
    const sent = this.send({ ...command, data: data ?? command.data } as unknown as CommandBody<C>, how);
    if (sent.state === "refused") return sent;
    this.#rejections.delete(id);
    this.#parts.onChanged();
    sent.kept.then(
      () => this.#dismissForAll(id),
      () => {
        this.#rejections.set(id, rejected);
        this.#parts.onChanged();
      },
    );
    return sent;
  }

  async discard(id: string): Promise<void> {
    if (this.#rejections.has(id)) await this.#dismissForAll(id);
    else if (this.#pending.has(id)) await this.endForAll(id, {});
    this.#parts.onChanged();
  }

  dismiss(id: string): void {
    this.#rejections.delete(id);
  }

  /** What waits, in order. */
  get pending(): readonly Pending<C>[] {
    if (this.#order === undefined) this.#order = [...this.#pending.values()].sort(inOrder);
    return this.#order;
  }

  publish(): void {
    const waiting = this.pending.map(({ command, entry, sending, decided }) => ({
      command,
      since: entry.at,
      sending,
      decided,
    }));
    const before = this.waiting.get();
    const isSame = waiting.length === before.length && waiting.every((each, at) => isSameWaiting(each, before[at]));
    if (!isSame) this.waiting.set(waiting);
    const rejected = [...this.#rejections.values()].sort((a, b) => inOrder(a.command, b.command));
    const shown = this.rejected.get();
    if (rejected.length !== shown.length || rejected.some((each, at) => each !== shown[at]))
      this.rejected.set(rejected);
  }

  #add(pending: Pending<C>, isNew: boolean): Verdict<C> | undefined {
    const { streams, onWork } = this.#parts;
    const stream = streams.of(pending.entry.stream);
    const wasActive = stream.active;
    this.#pending.set(pending.id, pending);
    this.#order = undefined;
    const verdict = stream.add(pending, isNew);
    if (stream.pending.at(-1) !== pending && !stream.pending.includes(pending)) this.#pending.delete(pending.id);
    else if (!wasActive) streams.load(stream);
    onWork();
    return verdict;
  }

  #refused({ id, command }: Pending<C>, rejection: Rejection, verdict: Verdict<C>): Sent<C> {
    const { code, message, params } = rejection;
    const rejected = { command, code, message, by: "here", since: Date.now(), ...(params && { params }) } as const;
    const settled = Promise.resolve({ state: "rejected", rejected } as const);
    return { id, state: "refused", verdict, kept: Promise.resolve(), settled };
  }

  async #keep(pending: Pending<C>): Promise<void> {
    const { kept, tabs, onWork, onKept, onChanged } = this.#parts;
    try {
      await kept.put(pending.entry);
    } catch (error) {
      this.end(pending.id, {});
      onKept(error as Error);
      onChanged();
      throw error;
    }
    onKept();
    pending.kept = true;
    if (this.#pending.has(pending.id)) tabs.tell({ kind: "put", entry: pending.entry });
    onWork();
  }

  #drop(id: string, { verdict, rejection }: Ending): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    this.#order = undefined;
    pending.sending = false;
    const { streams } = this.#parts;
    const stream = streams.of(pending.entry.stream);
    if (verdict === undefined) stream.remove(pending);
    else {
      stream.accepted(pending, verdict as unknown as Accepted<C>);
      if (stream.pending.includes(pending)) streams.load(stream);
    }
    const settle = this.#settling.get(id);
    this.#settling.delete(id);
    if (verdict !== undefined) settle?.({ state: "accepted", verdict: verdict as unknown as Accepted<C> });
    else if (rejection !== undefined) settle?.({ state: "rejected", rejected: rejectedOf(rejection) });
    else settle?.({ state: "discarded" });
  }

  #reject(rejection: KeptRejection): void {
    if (!this.#rejections.has(rejection.id)) this.#rejections.set(rejection.id, rejectedOf(rejection));
  }

  async #dismissForAll(id: string): Promise<void> {
    this.dismiss(id);
    this.#parts.tabs.tell({ kind: "dismissed", id });
    await this.#parts.kept.dismiss(id);
  }

  #remember(id: string): void {
    this.#ended.add(id);
    if (this.#ended.size > mostEnded) this.#ended.delete(this.#ended.values().next().value ?? "");
  }
}

function rejectedOf<C extends ContextTypes>({ entry, code, message, params, by, since }: KeptRejection): Rejected<C> {
  return { command: JSON.parse(entry.text), code, message, by, since, ...(params && { params }) };
}

const isSameWaiting = <C extends ContextTypes>(a: Waiting<C>, b: Waiting<C> | undefined) =>
  b !== undefined && a.command === b.command && a.sending === b.sending && a.decided === b.decided;
