import type { IncomingMessage } from "node:http";

/** A body as far as it was taken. */
export interface Body {
  readonly bytes: Buffer;
  /** There was more. */
  readonly truncated: boolean;
}

const empty: Body = { bytes: Buffer.alloc(0), truncated: false };

/** Bodies on their way in, which together may hold so many bytes. */
export class Bodies {
  readonly #most: number;
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes that are held now. */
  get held(): number {
    return this.#held;
  }

  /**
   * Takes a body, or its first `limit` bytes. `full`: there is no room now. `gone`: its sender went away, or was too slow,
   * or sent what is no HTTP; that is answered elsewhere, if at all.
   */
  take(request: IncomingMessage, limit: number): Promise<Body | "full" | "gone"> {
    const { promise, resolve } = Promise.withResolvers<Body | "full" | "gone">();
    const parts: Buffer[] = [];
    let size = 0;
    const settle = (body: Body | "full" | "gone") => {
      this.#held -= size;
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      // Whatever comes after is let go: its sender hears the answer once it has sent all, or the time is over.
      if (!request.complete) request.on("error", () => {}).resume();
      resolve(body);
    };
    const onData = (part: Buffer) => {
      parts.push(part);
      size += part.length;
      this.#held += part.length;
      if (size > limit) settle({ bytes: joined(parts).subarray(0, limit), truncated: true });
      else if (this.#held > this.#most) settle("full");
    };
    const onEnd = () => settle(size === 0 ? empty : { bytes: joined(parts), truncated: false });
    const onClose = () => settle("gone");
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
    return promise;
  }
}

const joined = (parts: readonly Buffer[]) => (parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
