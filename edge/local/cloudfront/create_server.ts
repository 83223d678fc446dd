import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Refusal, refuse } from "../../outcome/refusal.ts";
import { Turnstile } from "../../turnstile.ts";
import { Bodies } from "./bodies.ts";
import { Connections } from "./connections.ts";
import { Exchange, type ExchangeParts } from "./exchange.ts";
import { cloudFront, retrySeconds, type ServerLimits, serverLimits } from "./limits.ts";
import { rawRefusal, sendRefusal } from "./send.ts";
import { answerUnread, hangUp, refusalOf } from "./unread.ts";

export interface ServerOptions extends Omit<ExchangeParts, "bodies" | "refused"> {
  readonly limits?: Partial<ServerLimits>;
  /** Is told each no of the server's own: for what came to a function, that function's log speaks. */
  readonly onRefused?: (refusal: Refusal, requestId: string) => void;
  /** Carries out each request, for whoever wants to be around it: a log, a trace. */
  readonly around?: (request: IncomingMessage, response: ServerResponse, work: () => Promise<void>) => Promise<void>;
}

/** Requests that begin in one turn of the event loop: some 10 ms of work. */
const mostBegunATurn = 32;

/** CloudFront on one machine: an HTTP server in front of the functions that are deployed. */
export interface EdgeServer {
  /** Resolves with the port that it listens on; 0 takes any that is free. Rejects where it is taken. */
  listen(port: number, host: string): Promise<number>;
  /** Connections that are open; those that were turned away are not counted. */
  readonly connections: number;
  /** Bytes of bodies that are on their way in. */
  readonly bodiesHeld: number;
  /** Takes nothing more, lets what is on its way end, and cuts off what does not end in time. */
  close(): Promise<void>;
}

/** The server of the local stack. Whatever it is told no for is answered in the catalogue's form. */
export function createServer(options: ServerOptions): EdgeServer {
  const limits = { ...serverLimits, ...options.limits };
  const { ids, onRefused, around = (_request, _response, work) => work() } = options;
  const refused = (refusal: Refusal): string => {
    const requestId = ids.request();
    onRefused?.(refusal, requestId);
    return requestId;
  };
  const lastWord = (refusal: Refusal): string => rawRefusal(refusal, refused(refusal));
  const bodies = new Bodies(limits.bodiesBytes);
  const parts: ExchangeParts = { ...options, bodies, refused };
  const connections = new Connections(limits.connections);
  const turnstile = new Turnstile(mostBegunATurn);
  const server = httpServer(limits);
  turnAway(server, connections, () => lastWord(refuse("too_many_connections", { seconds: retrySeconds })));
  answerUnread(server, connections, (error) => {
    const refusal = refusalOf(error, limits.requestMs);
    return refusal && lastWord(refusal);
  });
  server.on("request", (request, response) => {
    if (!connections.begin(response)) return;
    if (connections.stopping) {
      const refusal = refuse("stopping", { seconds: retrySeconds });
      sendRefusal(response, { refusal }, refused(refusal), true);
    } else {
      const exchange = new Exchange(parts, request, response);
      turnstile.enter(() => {
        around(request, response, () => exchange.run()).catch((error: unknown) => exchange.fail(error));
      });
    }
  });
  // CloudFront takes the header Expect away, whatever it expects.
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen({ port, host, backlog: 4096 }, () => {
          server.off("error", reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    get connections() {
      return connections.count;
    },
    get bodiesHeld() {
      return bodies.held;
    },
    async close() {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      connections.stop();
      const late = setTimeout(() => server.closeAllConnections(), limits.closeMs);
      await closed;
      clearTimeout(late);
    },
  };
}

function httpServer(limits: ServerLimits): Server {
  const server = createHttpServer({
    insecureHTTPParser: false,
    requireHostHeader: true,
    // Anything beyond is no request at all; below, what is too much is counted and said.
    maxHeaderSize: 2 * cloudFront.requestBytes,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    keepAliveTimeout: limits.idleMs,
    noDelay: true,
  });
  server.timeout = limits.idleMs;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  // Else what is beyond the count would be left out without a word; the size is bounded.
  server.maxHeadersCount = 0;
  return server;
}

// Node would drop a connection beyond its limit without a word. So its own listener is put behind ours.
function turnAway(server: Server, connections: Connections, lastWord: () => string): void {
  const [attach] = server.listeners("connection");
  if (attach === undefined) throw new Error("Node's HTTP server does not listen to its connections.");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    if (connections.admit(socket)) attach.call(server, socket);
    else hangUp(socket, lastWord());
  });
}
