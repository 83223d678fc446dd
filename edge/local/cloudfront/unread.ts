import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Refusal, refuse } from "../../outcome/refusal.ts";
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
export function answerUnread(server: Server, lastWord: (error: Error) => string | undefined): void {
  const underway = new WeakMap<Socket, Set<ServerResponse>>();
  const ended = new WeakSet<Socket>();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const responses = underway.get(request.socket) ?? new Set();
    underway.set(request.socket, responses.add(response));
    response.once("close", () => {
      if (request.complete) responses.delete(response);
    });
  });
  server.on("clientError", async (error, duplex) => {
    const socket = duplex as Socket;
    if (!socket.writable || ended.has(socket)) return;
    ended.add(socket);
    const responses = [...(underway.get(socket) ?? [])];
    // The one whose body was still to come is the one that is meant, unless it has been answered.
    const broken = responses.find(({ req }) => !req.complete);
    const before = responses.filter((response) => response !== broken);
    await Promise.all(before.map(over));
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
