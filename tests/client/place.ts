// The real server in this process, and people who use the client in it.
import "fake-indexeddb/auto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { load, type Types } from "@crowbar/domain/chat";
import { serve } from "../../edge/local/serve.ts";
import { tokenFor } from "../../edge/local/sign_in/walk_sign_in.ts";
import { type Client, type ClientOptions, createClient, type Watched } from "../../web/client/src/index.ts";

type Served = Awaited<ReturnType<typeof serve>>;
type ServeOptions = Parameters<typeof serve>[0];

export const domain = await load();

export interface Place {
  readonly origin: string;
  readonly served: () => Served;
  /** Ends the server and begins it anew with the same data at the same address; does `between` while it is gone. */
  restart(between?: () => Promise<void>): Promise<void>;
  token(name: string): Promise<string>;
  /** A client of that person, closed with the test. */
  client(name: string, options?: Partial<ClientOptions<Types>>): Promise<Client<Types>>;
}

export async function place(t: TestContext, options: Partial<ServeOptions> = {}): Promise<Place> {
  const data = mkdtempSync(join(tmpdir(), "crowbar-client-"));
  let served = await serve({ data, port: 0, allowance: { perSecond: 100_000, burst: 100_000 }, ...options });
  const { origin } = served;
  const clients = new Set<Client<Types>>();
  t.after(async () => {
    for (const client of clients) await client.close();
    await served.close();
    rmSync(data, { recursive: true, force: true });
  });
  const tokens = new Map<string, Promise<string>>();
  const token = (name: string) => {
    const known = tokens.get(name) ?? tokenFor(name, `${origin}/auth`).then(({ accessToken }) => accessToken);
    tokens.set(name, known);
    return known;
  };
  return {
    origin,
    served: () => served,
    async restart(between = async () => {}) {
      await served.close();
      await between();
      served = await serve({ data, port: Number(new URL(origin).port), ...options });
    },
    token,
    async client(name, own = {}) {
      const retry = { firstMs: 5, mostMs: 100 };
      const client = await createClient({ domain, baseUrl: origin, token: await token(name), retry, ...own });
      clients.add(client);
      return client;
    },
  };
}

/** What the log has of general. */
export async function logged(here: Place): Promise<readonly { readonly type: string; readonly command: string }[]> {
  const headers = { authorization: `Bearer ${await here.token("ada")}` };
  const answer = await fetch(`${here.origin}/streams/channel-general/events`, { headers });
  return (await answer.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Resolves with what is watched as soon as it is so; it is watched as long as that takes. */
export function until<T>(watched: Watched<T>, is: (now: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      stop();
      reject(new Error(`It did not come to that: ${JSON.stringify(watched.get())}`));
    }, 10_000);
    const look = () => {
      if (!is(watched.get())) return;
      clearTimeout(late);
      resolve(watched.get());
      queueMicrotask(() => stop());
    };
    const stop = watched.subscribe(look);
    look();
  });
}

/** Watches for the rest of the test. */
export function watch<T>(t: TestContext, watched: Watched<T>): T[] {
  const seen: T[] = [watched.get()];
  t.after(watched.subscribe(() => seen.push(watched.get())));
  return seen;
}
