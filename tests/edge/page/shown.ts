import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { type Health, type PartState, worstOf } from "../../../edge/local/page/health.ts";
import { page } from "../../../edge/local/page/page.ts";
import type { Trace } from "../../../edge/observe/span_ring.ts";

const ids = ["018df4c1-4800-7000-8000-000000000001", "018df4c1-4800-7000-8000-000000000002"];

export function healthWith(relay: PartState, says: string): Health {
  const well = { state: "ok", says: "It does its work.", numbers: { events: 90_412 } } as const;
  const parts = { store: well, relay: { state: relay, says, numbers: {} }, projector: well, views: well, push: well };
  const all = { ...parts, sign_in: well };
  return { state: worstOf(all), since: 0, domain: "0".repeat(64), parts: all };
}

/** The page behind a real port, with what it asks for. */
export interface Shown {
  readonly origin: string;
  health: Health | undefined;
  traces: readonly Trace[] | undefined;
}

export async function shown(
  t: TestContext,
  also?: (origin: string) => (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Shown> {
  let count = 0;
  const newId = () => {
    count += 1;
    return ids[count % 2] ?? "";
  };
  const server = createServer((request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "/";
    if (path.startsWith("/auth/") && other) return other(request, response);
    const asked = path === "/health" ? what.health : path === "/traces" ? what.traces : undefined;
    const answer = page(path === "/" ? "/status" : path, { origin, newId });
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
    else if (asked) response.setHeader("content-type", "application/json").end(JSON.stringify(asked));
    else response.writeHead(404, { "content-type": "text/plain" }).end("There is nothing here.");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const other = also?.(origin);
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const what: Shown = { origin, health: healthWith("ok", "It does its work."), traces: [] };
  return what;
}
