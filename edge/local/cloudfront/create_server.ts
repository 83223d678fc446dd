import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { refuse } from "../../outcome/refusal.ts";
import { Bodies } from "./bodies.ts";
import { Exchange, type ExchangeParts } from "./exchange.ts";
import { cloudFront, retrySeconds, type ServerLimits, serverLimits } from "./limits.ts";
import { rawRefusal, sendRefusal } from "./send.ts";
import { answerUnread, hangUp, refusalOf } from "./unread.ts";

export interface ServerOptions extends Omit<ExchangeParts, "bodies"> {
  readonly limits?: Partial<ServerLimits>;
}

/** CloudFront on one machine: an HTTP server in front of the functions that are deployed. */
export interface EdgeServer {
  /** Resolves with the port that it listens on; 0 takes any that is free. Rejects where it is taken. */
  listen(port: number, host: string): Promise<number>;
  /** Connections that are open, those not counted that were turned away. */
  readonly connections: number;
  /** Bytes of bodies that are on their way in. */
  readonly bodiesHeld: number;
  /** Takes nothing more, lets what is on its way end, and cuts off what does not end in time. */
  close(): Promise<void>;
}

export function createServer(options: ServerOptions): EdgeServer {
  const limits = { ...serverLimits, ...options.limits };
  const bodies = new Bodies(limits.bodiesBytes);
  const parts: ExchangeParts = { ...options, bodies };
  let stopping = false;

  const server = createHttpServer(
    {
      insecureHTTPParser: false,
      requireHostHeader: true,
      // Anything beyond is no request at all; below, what is too much is counted and said.
      maxHeaderSize: 2 * cloudFront.requestBytes,
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: limits.idleMs,
      keepAlive: true,
      noDelay: true,
    },
    (request, response) => {
      if (stopping) {
        sendRefusal(response, { refusal: refuse("stopping", { seconds: retrySeconds }) }, parts.ids.request(), true);
      } else {
        void new Exchange(parts, request, response).run();
      }
    },
  );
  server.timeout = limits.idleMs;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  // Else what is beyond the count would be left out without a word; the size is bounded.
  server.maxHeadersCount = 0;
  const connections = admit(server, limits.connections, () =>
    rawRefusal(refuse("too_many_connections", { seconds: retrySeconds }), parts.ids.request()),
  );
  answerUnread(server, (error) => {
    const refusal = refusalOf(error, limits.requestMs);
    return refusal && rawRefusal(refusal, parts.ids.request());
  });
  // CloudFront takes this header away, whatever it expects.
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
      return connections.size;
    },
    get bodiesHeld() {
      return bodies.held;
    },
    async close() {
      stopping = true;
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      const late = setTimeout(() => server.closeAllConnections(), limits.closeMs);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}

// Node would drop a connection beyond its limit without a word. So its own listener is put behind ours.
function admit(server: Server, most: number, lastWord: () => string): ReadonlySet<Socket> {
  const admitted = new Set<Socket>();
  const [attach] = server.listeners("connection");
  if (attach === undefined) throw new Error("Node's HTTP server does not listen to its connections.");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    if (admitted.size >= most) {
      hangUp(socket, lastWord());
      return;
    }
    admitted.add(socket);
    socket.once("close", () => admitted.delete(socket));
    attach.call(server, socket);
  });
  return admitted;
}
