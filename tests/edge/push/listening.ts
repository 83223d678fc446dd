// Somebody who listens to positions over HTTP, and a place that serves them.
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { loadSync } from "@crowbar/domain/chat";
import { Hono } from "hono";
import type { RequestEnv } from "../../../edge/commands/request.ts";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import type { Actor } from "../../../edge/domain.ts";
import type { Refusal } from "../../../edge/outcome/refusal.ts";
import { Hub } from "../../../edge/push/hub.ts";
import { positionRoutes } from "../../../edge/push/routes.ts";

const noon = 1_709_208_000_000;
const catalog = loadSync().describe();

/** A place in which channels have members; `members` may be changed at any time. */
export function place(paceMs = 0) {
  const clock = new FixedClock(noon);
  const push = new Hub({ epoch: new CountedIds().request(), remembered: 4 });
  const stopping = new AbortController();
  const members = new Set<string>();
  const asked: string[] = [];
  const answers: (Refusal | Error | Promise<boolean>)[] = [];
  const admits = async (stream: string, actor: Actor) => {
    asked.push(`${stream} ${actor.id}`);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? members.has(`${stream} ${actor.id}`);
  };
  const app = new Hono<RequestEnv>();
  app.use(async (c, next) => {
    c.set("requestId", "request-1");
    c.set("actor", { id: c.req.header("x-actor") ?? "ada" });
    await next();
  });
  app.route("/", positionRoutes({ push, commands: { admits }, catalog, clock, paceMs, stopping: stopping.signal }));
  const get = (headers: Record<string, string> = {}, signal?: AbortSignal) =>
    app.request("/positions", { headers, ...(signal && { signal }) });
  return { app, clock, push, stopping, members, asked, answers, get };
}

export interface Heard {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  readonly retry?: string;
}

/** Reads server-sent events, one at a time. */
export class Listener {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = "";

  constructor(response: Response) {
    assert.equal(response.status, 200);
    assert.ok(response.body);
    this.#reader = response.body.getReader();
  }

  /** The next event or heartbeat; undefined at the end. */
  async next(): Promise<Heard | undefined> {
    while (!this.#text.includes("\n\n")) {
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
    const end = this.#text.indexOf("\n\n");
    const lines = this.#text.slice(0, end).split("\n");
    this.#text = this.#text.slice(end + 2);
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
    );
  }

  /** The views of the next so many positions; `missed` for what is none. */
  async views(count: number): Promise<readonly string[]> {
    const views: string[] = [];
    while (views.length < count) {
      const heard = await this.next();
      assert.ok(heard, `it ended after ${views}`);
      if (heard.event === "position") views.push(JSON.parse(heard.data ?? "").view);
      else if (heard.event !== undefined) views.push(heard.event);
    }
    return views;
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** Waits until it is so. */
export async function until(so: () => boolean): Promise<void> {
  for (let turn = 0; !so(); turn += 1) {
    assert.ok(turn < 10_000, "it never came to that");
    await setImmediate();
  }
}
