// The commands function as it is deployed, asked over Request and Response.
import { commandsApp } from "../../../edge/commands/app.ts";
import { Rate } from "../../../edge/commands/rate.ts";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { bytes, domain, type Small, small } from "./said.ts";

export interface Served extends Small {
  /** Asks as `actor`; null: without a token. */
  ask(path: string, init?: RequestInit & { readonly actor?: string | null }): Promise<Response>;
  /** Posts a command, or a list of them. */
  post(body: object | string | Uint8Array, init?: RequestInit & { readonly actor?: string | null }): Promise<Response>;
}

/** A token is here just the name of its holder: tests/edge/auth tries the real ones. */
const verifier = { verify: async (token: string) => (token === "forged" ? undefined : { id: token }) };

export function servedApp(changes: Parameters<typeof small>[0] = {}) {
  const parts = small(changes);
  const app = commandsApp({
    commands: parts.commands,
    domain,
    verifier,
    ids: new CountedIds(),
    rate: new Rate(parts.clock, { perSecond: 100, burst: 200 }),
    routes: [],
    report: (defect) => parts.defects.push(defect),
  });
  return { parts, app };
}

export function served(changes: Parameters<typeof small>[0] = {}): Served {
  const { parts, app } = servedApp(changes);
  const ask: Served["ask"] = async (path, { actor = "ada", ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (actor !== null && !headers.has("authorization")) headers.set("authorization", `Bearer ${actor}`);
    return app.request(path, { ...init, headers });
  };
  const post: Served["post"] = (body, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return ask("/commands", {
      method: "POST",
      body: body instanceof Uint8Array ? new Uint8Array(body) : new Uint8Array(bytes(body)),
      ...init,
      headers,
    });
  };
  return { ...parts, ask, post };
}

/** Status and code of an answer. */
export async function outcomeOf(response: Response): Promise<string> {
  if (response.ok) return String(response.status);
  const { error } = (await response.json()) as { error: { code: string } };
  return `${response.status} ${error.code}`;
}
