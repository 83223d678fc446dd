import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Refusal, refuse } from "../../outcome/refusal.ts";
import type { Connections } from "./connections.ts";
import { cloudFront } from "./limits.ts";

type ParserError = Error & { readonly code?: string };

/** What is answered to bytes that are no request, or none in time; undefined where nobody is there to be answered. */
export function refusalOf({ code = "" }: ParserError, requestMs: number): Refusal | undefined {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return refuse("body_too_slow", { limit: requestMs / 1000 });
  if (code === "HPE_HEADER_OVERFLOW") {
    const limit = cloudFront.requestBytes;
    return refuse("headers_too_large", { actual: `more than ${limit}`, limit });
  }
  if (code === "HPE_INVALID_EOF_STATE") return refuse("body_truncated");
  return code.startsWith("HPE_") ? refuse("request_malformed") : undefined;
}

/** A connection that was told no is given so long to read it: bytes of its own that nobody has read would cut it off. */
const lingerMs = 500;

/** Says a last word and hangs up. */
export function hangUp(socket: Socket, lastWord: string): void {
  socket.on("error", () => {}).resume();
  socket.end(lastWord);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}

/**
 * Answers bytes that are no request with a last word: behind the answers to the requests before them, and never in the
 * place of one of those.
 */
export function answerUnread(
  server: Server,
  connections: Connections,
  lastWord: (error: Error) => string | undefined,
): void {
  const ended = new WeakSet<Socket>();
  server.on("clientError", async (error, duplex) => {
    const socket = duplex as Socket;
    if (!socket.writable || ended.has(socket)) return;
    ended.add(socket);
    const responses = connections.underway(socket);
    // The one whose body was still to come is the one that is meant, unless it has been answered.
    const broken = responses.find(({ req }) => !req.complete);
    await Promise.all(responses.filter((response) => response !== broken).map(over));
    const word = broken?.headersSent || !socket.writable ? undefined : lastWord(error);
    if (word === undefined) socket.destroy();
    else hangUp(socket, word);
  });
}

function over(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) resolve();
    else response.once("close", resolve);
  });
}
