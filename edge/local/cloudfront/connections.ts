import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests that may wait for their answers on one connection. Who sends more before he reads one is hung up on. */
const mostUnderway = 256;

/** The connections of a server, and what is on its way on each. */
export class Connections {
  readonly #most: number;
  readonly #open = new Map<Socket, Set<ServerResponse>>();
  #stopping = false;

  /** At most `most` of them are open at once. */
  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#open.size;
  }
  get stopping(): boolean {
    return this.#stopping;
  }

  /** False where there are too many: it is not one of them. */
  admit(socket: Socket): boolean {
    if (this.#open.size >= this.#most) return false;
    this.#open.set(socket, new Set());
    socket.once("close", () => this.#open.delete(socket));
    return true;
  }

  /** A request has come that is to be answered with `response`; false where it is one too many. */
  begin(response: ServerResponse): boolean {
    const { req } = response;
    const { socket } = req;
    const responses = this.#open.get(socket);
    if (responses === undefined || socket.destroyed) return false;
    if (responses.size >= mostUnderway) {
      socket.destroy();
      return false;
    }
    responses.add(response);
    // Whoever goes away in the middle of an answer is no error of ours.
    response.on("error", () => {});
    response.once("close", () => {
      // An answer to half a request is over, and its connection is not: the rest of it is still to come.
      if (req.complete) responses.delete(response);
      if (this.#stopping && responses.size === 0) socket.end();
    });
    return true;
  }

  /** In the order in which they came. */
  underway(socket: Socket): readonly ServerResponse[] {
    return [...(this.#open.get(socket) ?? [])];
  }

  /** Hangs up where nothing is on its way, and everywhere else as soon as that is so. */
  stop(): void {
    this.#stopping = true;
    for (const [socket, responses] of this.#open) if (responses.size === 0) socket.destroy();
  }
}
