import { type Dispatcher, Pool } from "undici";
import type { Person } from "../workload/person.ts";

/** How a request ended: its status, and its body where that was asked for. `unanswered`: the connection broke. */
export interface Ended {
  readonly status: number | "unanswered";
  readonly body: string;
}

export interface ConnectionsOptions {
  readonly most: number;
  /** Ends a request that is not answered in so many ms. */
  readonly patienceMs?: number;
}

/** Connections to a server that stay open, with one request at a time on each. */
export class Connections {
  readonly #pool: Pool;

  constructor(origin: string, { most, patienceMs = 60_000 }: ConnectionsOptions) {
    this.#pool = new Pool(origin, {
      connections: most,
      pipelining: 1,
      headersTimeout: patienceMs,
      bodyTimeout: patienceMs,
      keepAliveTimeout: 30_000,
    });
  }

  /** Sends a body with commands, or whatever else. Never rejects. */
  post({ authorization }: Person, body: string, keepBody = false): Promise<Ended> {
    const { promise, resolve } = Promise.withResolvers<Ended>();
    let status = 0;
    let text = "";
    // Undici's way with the least between it and the socket: the load shares the machine with the server.
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_, code) {
        status = code;
      },
      onResponseData(_, chunk) {
        if (keepBody) text += chunk.toString("utf8");
      },
      onResponseEnd() {
        resolve({ status, body: text });
      },
      onResponseError() {
        resolve({ status: "unanswered", body: "" });
      },
    };
    const headers = { authorization, "content-type": "application/json" };
    this.#pool.dispatch({ path: "/commands", method: "POST", headers, body }, handler);
    return promise;
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
