import type { Actor, ContextTypes } from "@crowbar/domain";
import { subjectOf } from "./api.ts";
import { Kept } from "./kept.ts";
import { OpenClient } from "./open_client.ts";
import type { Client, ClientOptions } from "./types.ts";

/**
 * Opens the client of one person: what they have waiting is read from the device first, so that the first thing that is
 * shown is right.
 *
 * @throws TypeError where neither `actor` nor the token says who that is.
 */
export async function createClient<C extends ContextTypes>(options: ClientOptions<C>): Promise<Client<C>> {
  const actor = options.actor ?? (await actorOf(options));
  const baseUrl = new URL(options.baseUrl || "/", globalThis.location?.href).href;
  const name = `crowbar ${new URL(baseUrl).origin} ${actor.id}`;
  const opened: { client?: OpenClient<C> } = {};
  const kept = await Kept.open(name, () => opened.client?.changed());
  const client = new OpenClient({ ...options, baseUrl }, actor, kept, name);
  opened.client = client;
  await client.begin();
  return client;
}

async function actorOf<C extends ContextTypes>({ token }: ClientOptions<C>): Promise<Actor> {
  const id = subjectOf(typeof token === "string" ? token : await token({ refresh: false }));
  if (id === undefined) throw new TypeError("The token does not say whose it is: give `actor`.");
  return { id };
}
