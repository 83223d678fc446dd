import type { Commands } from "../commands/commands.ts";
import type { Clock } from "../context/clock.ts";
import type { Actor } from "../domain.ts";
import { http } from "../outcome/outcome.ts";
import type { KnownView } from "../views/known_views.ts";
import { mayNotRead } from "../views/may_not_read.ts";
import type { Push, Pushed } from "./push.ts";
import { beginning, heartbeat, serverSentEvent } from "./server_sent_events.ts";

/** A connection on which nothing is said is closed by what stands between, often after 30 or 60 s. */
const heartbeatMs = 15_000;
/** The token was checked when the stream began: after this it ends, and whoever comes again shows a token again. */
const lifeMs = 15 * 60_000;
const retryMs = 2_000;

export interface Listening {
  readonly push: Push;
  readonly commands: Pick<Commands, "admits">;
  readonly clock: Clock;
  readonly known: (key: string) => KnownView | undefined;
  readonly actor: Actor;
  readonly lastEventId: string | undefined;
  /** Who has heard everything hears the next after so many ms at the earliest: a view that changes all the time is told once. */
  readonly paceMs: number;
  /** Aborted by whoever wants it to end; and by the stream itself, whichever way it ends. */
  readonly end: AbortController;
}

/** The positions of those views that somebody may read, as server-sent events: written as fast as they are read. */
export function positionStream(listening: Listening): ReadableStream<Uint8Array> {
  const { push, clock, lastEventId, paceMs, end } = listening;
  const encoder = new TextEncoder();
  let reached = lastEventId === undefined ? push.lastId : undefined;
  let quietUntil = 0;
  let cancelled = false;
  const pushed = push.subscribe(lastEventId, end.signal);
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(beginning(retryMs, reached)));
      void beat(listening, () => {
        // Somebody who does not read misses no silence: nothing is piled up for them.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(heartbeat(reached)));
      });
    },
    async pull(controller) {
      if (reached === push.lastId && clock.now() < quietUntil) {
        await clock.sleep(quietUntil - clock.now(), end.signal).catch(() => undefined);
      }
      for (;;) {
        const next = await orEnd(end, pushed.next());
        if (next.done) break;
        const heard = await orEnd(end, hearable(listening, next.value));
        if (end.signal.aborted) break;
        if (heard !== undefined) controller.enqueue(encoder.encode(serverSentEvent(heard)));
        // Only now: a heartbeat that named it earlier would let whoever comes again go on behind it.
        reached = next.value.id;
        quietUntil = clock.now() + paceMs;
        if (heard !== undefined) return;
      }
      if (!cancelled) controller.close();
    },
    cancel() {
      cancelled = true;
      end.abort();
    },
  });
}

/** What somebody may hear; undefined for what is not for them. Where that cannot be told now, that something was missed. */
async function hearable({ known, actor, commands }: Listening, pushed: Pushed): Promise<Pushed | undefined> {
  if ("missed" in pushed) return pushed;
  const view = known(pushed.position.view);
  if (view === undefined) return undefined;
  const no = await mayNotRead(view, actor, commands);
  if (no === undefined) return pushed;
  return http[no.outcome].retryable ? { id: pushed.id, missed: true } : undefined;
}

async function beat({ clock, end }: Listening, say: () => void): Promise<void> {
  const until = clock.now() + lifeMs;
  while (!end.signal.aborted && clock.now() < until) {
    await clock.sleep(heartbeatMs, end.signal).then(say, () => undefined);
  }
  end.abort();
}

/** Ends the stream where something goes wrong that nobody has foreseen; its reader gets the error. */
async function orEnd<T>(end: AbortController, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    end.abort();
    throw error;
  }
}
