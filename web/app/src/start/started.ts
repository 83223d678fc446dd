import { createClient, type Watched } from "@crowbar/client";
import type { Domain } from "@crowbar/domain";
import type { load, Types } from "@crowbar/domain/chat/url";
import { watchable } from "../device/watchable.ts";
import { type Configuration, readConfiguration } from "../sign_in/configuration.ts";
import type { Person } from "../sign_in/person.ts";
import { type Session, session } from "../sign_in/session.ts";
import type { ChatClient } from "./chat.ts";
import { reread } from "./route.ts";
import { rules } from "./rules.ts";
import { lookForNewerApp } from "./service_worker.ts";

export type Started =
  | { readonly state: "starting" }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "signed_out"; readonly session: Session; readonly problem?: string }
  | { readonly state: "signed_in"; readonly session: Session; readonly person: Person; readonly client: ChatClient };

const now = watchable<Started>({ state: "starting" });

/** How far the app has come. */
export const started: Watched<Started> = now;

/** Loads the rules, finds out who is there, and opens their client. Once; not by React, which would do it twice. */
export async function start(): Promise<void> {
  try {
    const configuration = await readConfiguration();
    const signing = session(configuration);
    await signing.begin();
    reread();
    const follow = turns(() => followed(signing, configuration));
    signing.subscribe(follow);
    follow();
  } catch (error) {
    fail(error);
  }
}

async function followed(signing: Session, { baseUrl }: Configuration): Promise<void> {
  const said = signing.get();
  const before = now.get();
  if (said.state === "loading") return;
  if (said.state === "signed_out") {
    if (before.state === "signed_in") await before.client.close();
    now.set({ state: "signed_out", session: signing, ...(said.problem !== undefined && { problem: said.problem }) });
    return;
  }
  if (before.state === "signed_in" && before.person.id === said.person.id) return;
  if (before.state === "signed_in") await before.client.close();
  const { person } = said;
  const domain = await rules;
  const client = await createClient({
    domain,
    loadDomain,
    baseUrl,
    token: signing.token,
    actor: { id: person.id },
  });
  lookWithRules(client, domain.hash);
  now.set({ state: "signed_in", session: signing, person, client });
}

/** Where the server has other rules than this app came with, a newer app is looked for: once for each of them. */
function lookWithRules({ status }: ChatClient, own: string): void {
  let last = own;
  status.subscribe(() => {
    const { serverDomain = last } = status.get();
    if (serverDomain === last) return;
    last = serverDomain;
    if (serverDomain !== own) void lookForNewerApp();
  });
}

/** The rules of that hash, where the server decides with newer ones by now: it serves its own. */
async function loadDomain(hash: string): Promise<Domain<Types>> {
  const rules = (await import(/* @vite-ignore */ `/rules/${hash}/chat/index.js`)) as { readonly load: typeof load };
  return rules.load();
}

/** One after the other. */
function turns(work: () => Promise<void>): () => void {
  let last = Promise.resolve();
  return () => {
    last = last.then(work).catch(fail);
  };
}

function fail(error: unknown): void {
  console.error(error);
  now.set({ state: "failed", problem: error instanceof Error ? error.message : String(error) });
}
