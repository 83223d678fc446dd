import type { ContextTypes } from "@crowbar/domain";
import type { Pace } from "./pace.ts";
import type { ClientOptions } from "./types.ts";

/** What the way to the server is like, as the last request has found it. */
export type Reach = "online" | "connecting" | "offline" | "signed_out";

/** A request has no answer that says anything: ask again later. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  /** How long the server wants to be left in peace, in ms. */
  readonly patience: number;
  readonly status: number | undefined;
  /** It is worth asking after so many ms already: it costs nothing. */
  readonly mostMs: number | undefined;

  constructor(message: string, patience = 0, status?: number, mostMs?: number) {
    super(message);
    this.patience = patience;
    this.status = status;
    this.mostMs = mostMs;
  }
}

export interface Asking {
  readonly method?: "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** The answer goes on for ever: only its beginning is waited for. */
  readonly endless?: boolean;
}

export type Access = Pick<ClientOptions<ContextTypes>, "baseUrl" | "token" | "fetch">;

const patienceMs = 30_000;
/** Whoever signs in again does not wait longer than that. */
const noTokenMs = 2_000;

/** HTTP to the server, signed in. */
export class Api {
  readonly #base: string;
  readonly #token: Access["token"];
  readonly #fetch: typeof fetch;
  readonly #pace: Pace;
  readonly #onReach: (reach: Reach) => void;

  constructor({ baseUrl, token, fetch: own }: Access, pace: Pace, onReach: (reach: Reach) => void) {
    this.#base = baseUrl.replace(/\/+$/, "");
    this.#token = token;
    // The host's fetch wants to be called as a function of its own.
    this.#fetch = own ?? ((input, init) => fetch(input, init));
    this.#pace = pace;
    this.#onReach = onReach;
  }

  /** The answer, whichever status it has, save those that say nothing of the question. @throws Unanswered. */
  async ask(path: string, asking: Asking): Promise<Response> {
    let answer = await this.#once(path, asking, false);
    if (answer.status === 401) answer = await this.#once(path, asking, true);
    const { status, headers } = answer;
    this.#pace.reached();
    if (status === 401) throw this.#signedOut(undefined);
    if (status === 429 || status >= 500) {
      // The server is there: what it says goes for this question.
      this.#onReach("online");
      throw new Unanswered(`${path} was answered with ${status}.`, patienceOf(headers.get("retry-after")), status);
    }
    this.#onReach("online");
    return answer;
  }

  async #once(path: string, { method, headers, body, signal, endless }: Asking, refresh: boolean): Promise<Response> {
    const token = typeof this.#token === "string" ? this.#token : await this.#tokenOf(refresh);
    if (token === undefined) throw this.#signedOut(noTokenMs);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), patienceMs);
    const stop = () => late.abort();
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    try {
      const answer = await this.#fetch(this.#base + path, {
        ...(method && { method }),
        ...(body !== undefined && { body }),
        headers: { ...headers, authorization: `Bearer ${token}` },
        // Versions are kept by the client itself, with their tags.
        cache: "no-store",
        signal: late.signal,
      });
      // Within the same patience: an answer that breaks off is none.
      if (endless || answer.body === null || answer.status === 304) return answer;
      return new Response(await answer.arrayBuffer(), { status: answer.status, headers: answer.headers });
    } catch (error) {
      if (!signal.aborted) {
        this.#pace.unreachable();
        this.#onReach("offline");
      }
      throw new Unanswered(`${path} was not answered: ${error}`);
    } finally {
      clearTimeout(timer);
      if (!endless) signal.removeEventListener("abort", stop);
    }
  }

  async #tokenOf(refresh: boolean): Promise<string | undefined> {
    try {
      return await (this.#token as Exclude<Access["token"], string>)({ refresh });
    } catch {
      // Whoever gives it could not reach who makes it.
      throw new Unanswered("There is no token now.");
    }
  }

  #signedOut(mostMs: number | undefined): Unanswered {
    this.#onReach("signed_out");
    return new Unanswered("Nobody is signed in.", 0, undefined, mostMs);
  }
}

/** Retry-After in ms: seconds, or a date. */
function patienceOf(header: string | null): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, Math.min(ms, 3_600_000)) : 0;
}

/** The `sub` of a token; undefined where it is none. */
export function subjectOf(token: string | undefined): string | undefined {
  try {
    const payload = (token ?? "").split(".")[1] ?? "";
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes));
    return typeof sub === "string" ? sub : undefined;
  } catch {
    return undefined;
  }
}
