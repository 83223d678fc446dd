import type { Accepted, ContextTypes, Rejection } from "@crowbar/domain";
import { type Api, Unanswered } from "./api.ts";
import type { Outbox } from "./outbox.ts";
import type { Pace, Tries } from "./pace.ts";
import type { Pending } from "./pending.ts";
import type { Rules } from "./rules.ts";
import type { Streams } from "./streams.ts";

export interface SenderParts<C extends ContextTypes> {
  readonly outbox: Outbox<C>;
  readonly streams: Streams<C>;
  readonly api: Api;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly onChanged: () => void;
  readonly rules: Rules<C>;
}

/** What the server says of one command. */
interface Reply {
  readonly status: number;
  readonly verdict?: Accepted<ContextTypes>;
  readonly error?: Rejection;
}

/** Most commands, and characters of them, of one request. */
const mostCommands = 100;
const mostCharacters = 300_000;

/** Sends what waits, in order: one request at a time, so that nothing overtakes what was before it. */
export class Sender<C extends ContextTypes> {
  readonly #parts: SenderParts<C>;
  #wake: () => void = () => {};
  /** Streams whose next command has to be asked for again later; the others go on. */
  readonly #held = new Map<string, { readonly tries: Tries; until: boolean }>();
  /** So many commands go one by one: together they were refused, and one of them is why. */
  #alone = 0;

  constructor(parts: SenderParts<C>) {
    this.#parts = parts;
  }

  wake(): void {
    this.#wake();
  }

  async run(): Promise<void> {
    const { signal, pace } = this.#parts;
    const tries = pace.tries();
    signal.addEventListener("abort", () => this.#wake());
    while (!signal.aborted) {
      const batch = this.#next();
      if (batch.length === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      try {
        await this.#send(batch);
        tries.succeeded();
      } catch (error) {
        const unanswered = error instanceof Unanswered ? error : undefined;
        // What nobody has foreseen is told, and must not keep the rest from being sent.
        if (unanswered === undefined) (globalThis.reportError ?? console.error)(error);
        if (unanswered?.status === 500 && batch.length > 1) this.#alone = batch.length;
        else if (unanswered?.status === 500) this.#hold(batch[0] as Pending<C>);
        else await tries.rest(signal, unanswered);
      }
    }
  }

  /** What may be sent together now. */
  #next(): readonly Pending<C>[] {
    const { outbox, streams, rules } = this.#parts;
    if (rules.outdated) return [];
    const batch: Pending<C>[] = [];
    const blocked = new Set<string>();
    let characters = 0;
    for (const pending of outbox.pending) {
      const { stream, text } = pending.entry;
      if (blocked.has(stream)) continue;
      characters += text.length;
      if (!pending.kept || this.#held.get(stream)?.until || streams.find(stream)?.stale) blocked.add(stream);
      else if (batch.length > 0 && characters > mostCharacters) break;
      else batch.push(pending);
      if (batch.length === (this.#alone > 0 ? 1 : mostCommands)) break;
    }
    return batch;
  }

  async #send(batch: readonly Pending<C>[]): Promise<void> {
    const { api, rules, signal, onChanged } = this.#parts;
    const before = batch.map(({ tried }) => tried);
    for (const pending of batch) pending.tried = pending.sending = true;
    onChanged();
    const texts = batch.map(({ entry }) => entry.text);
    let replies: readonly Reply[];
    try {
      const answer = await api.ask("/commands", {
        method: "POST",
        headers: { "content-type": "application/json", "crowbar-domain": rules.domain.hash },
        body: texts.length === 1 ? (texts[0] as string) : `[${texts.join(",")}]`,
        signal,
      });
      replies = await repliesOf(answer, batch.length);
    } finally {
      for (const pending of batch) pending.sending = false;
      onChanged();
    }
    if (this.#alone > 0) this.#alone -= 1;
    await this.#take(batch, replies, before);
  }

  async #take(batch: readonly Pending<C>[], replies: readonly Reply[], before: readonly boolean[]): Promise<void> {
    const { outbox, onChanged, rules } = this.#parts;
    const ends: Promise<void>[] = [];
    let upgraded: string | undefined;
    for (const [at, pending] of batch.entries()) {
      const { status, verdict, error } = replies[at] as Reply;
      if (status === 200 && verdict !== undefined) ends.push(outbox.endForAll(pending.id, { verdict }));
      else if (error?.code === "domain_upgraded") upgraded = String(error.params?.expected);
      else if (status === 426) rules.outdate();
      else if (error !== undefined && isFinal(status, error)) {
        if (batch.length > 1 && replies[0] === replies[1]) this.#alone = batch.length;
        else ends.push(outbox.refuse(pending, error, "server"));
      } else {
        this.#hold(pending);
        continue;
      }
      this.#held.delete(pending.entry.stream);
      // These say that nothing happened: the rules here may still take it back.
      if (upgraded !== undefined || status === 426) pending.tried = before[at] as boolean;
    }
    onChanged();
    await Promise.all(ends);
    if (upgraded !== undefined) await rules.upgrade(upgraded);
  }

  /** The server has said nothing that counts: its stream waits, and the same command is sent again. */
  #hold({ entry: { stream } }: Pending<C>): void {
    const held = this.#held.get(stream) ?? { tries: this.#parts.pace.tries(), until: false };
    if (held.until) return;
    held.until = true;
    this.#held.set(stream, held);
    void held.tries.rest(this.#parts.signal).then(() => {
      held.until = false;
      this.#wake();
    });
  }
}

/** One reply a command. @throws Unanswered where the answer is none of that. */
async function repliesOf(answer: Response, count: number): Promise<readonly Reply[]> {
  const { status } = answer;
  const body: unknown = await answer.json().catch(() => undefined);
  const replies: readonly unknown[] = Array.isArray(body)
    ? body
    : Array(count).fill(
        status === 200 ? { status, verdict: body } : { status, error: (body as Reply | undefined)?.error },
      );
  if (replies.length !== count || !replies.every(isReply)) throw new Unanswered("The answer is no answer.");
  return replies as readonly Reply[];
}

function isReply(reply: unknown): reply is Reply {
  const { status, verdict, error } = (reply ?? {}) as Partial<Reply>;
  if (typeof status !== "number") return false;
  return status === 200
    ? verdict?.accepted === true && Number.isSafeInteger(verdict.version) && Array.isArray(verdict.events)
    : typeof error?.code === "string";
}

/** Is it the last word on a command, so that asking again would bring the same? */
function isFinal(status: number, { code }: Rejection): boolean {
  if (status === 403) return code !== "origin_not_allowed";
  return status === 400 || status === 413 || status === 422 || code === "command_id_reused";
}
