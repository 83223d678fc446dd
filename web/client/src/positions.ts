import type { Checkpoint } from "@crowbar/domain";
import { type Api, Unanswered } from "./api.ts";
import type { Pace } from "./pace.ts";

/** A view has a new version. */
export interface Position {
  readonly view: string;
  readonly etag: string;
  readonly checkpoint?: Checkpoint;
}

export interface PositionsParts {
  readonly api: Api;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly onNews: (positions: readonly Position[], lastId: string | undefined) => void;
  /** Something may have been missed: everything that is shown has to be asked for anew. */
  readonly onMissed: (lastId: string | undefined) => void;
  /** Is news pushed now? */
  readonly onPush: (pushed: boolean) => void;
  /** After which position to go on, where another tab has listened before. */
  readonly lastId: string | undefined;
}

/** The server says something every 15 s at least. */
const silenceMs = 40_000;
/** Between two questions, where nothing is pushed. */
const pollMs = 5_000;

/**
 * Listens to `GET /positions` (by fetch: EventSource sends no Authorization) until `signal` is aborted: goes on after the
 * last position it has heard, and asks from time to time where it cannot listen.
 */
export async function listen(parts: PositionsParts): Promise<void> {
  const { signal, onPush, onMissed } = parts;
  const tries = parts.pace.tries();
  let lastId = parts.lastId;
  while (!signal.aborted) {
    let patience = 0;
    let heard = false;
    const began = Date.now();
    try {
      for await (const told of toldBy(parts, lastId)) {
        if (!heard) {
          heard = true;
          onPush(true);
          // What happened before the first word is in what is asked for now; with an id the server says what was missed.
          if (lastId === undefined) onMissed(told.id);
        }
        lastId = told.id ?? lastId;
        if (told.event === "missed") onMissed(lastId);
        else if (told.event === "position") parts.onNews([JSON.parse(told.data)], lastId);
        tries.succeeded();
      }
    } catch (error) {
      if (error instanceof Unanswered) patience = error.patience;
    }
    if (signal.aborted) return;
    // A stream that was one is taken up again at once; where there was none, whoever shows something asks.
    if (heard && Date.now() - began > 1000) continue;
    onPush(false);
    onMissed(lastId);
    await tries.rest(signal, { patience, mostMs: pollMs });
  }
}

interface ToldEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** The events of one answer, heartbeats included, until it ends or falls silent. */
async function* toldBy({ api, signal }: PositionsParts, lastId: string | undefined): AsyncGenerator<ToldEvent> {
  const end = new AbortController();
  const stop = () => end.abort();
  signal.addEventListener("abort", stop);
  let watchdog = setTimeout(stop, silenceMs);
  try {
    const headers = { accept: "text/event-stream", ...(lastId !== undefined && { "last-event-id": lastId }) };
    const answer = await api.ask("/positions", { headers, signal: end.signal, endless: true });
    if (!answer.ok || answer.body === null) throw new Unanswered(`No positions: ${answer.status}.`);
    const reader = answer.body.getReader();
    end.signal.addEventListener("abort", () => void reader.cancel().catch(() => {}));
    const decoder = new TextDecoder();
    for (let text = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, silenceMs);
      text += decoder.decode(value, { stream: true });
      for (let at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n")) {
        yield eventOf(text.slice(0, at));
        text = text.slice(at + 2);
      }
    }
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

function eventOf(text: string): ToldEvent {
  const said = new Map(text.split("\n").map((line) => [line.split(":", 1)[0], line.replace(/^[^:]*: ?/, "")]));
  return { id: said.get("id"), event: said.get("event") ?? "", data: said.get("data") ?? "" };
}
