import type { Watched } from "@crowbar/client";
import { watchable } from "../device/watchable.ts";
import type { Configuration } from "./configuration.ts";
import type { Issuer } from "./issuer.ts";
import { lastPerson, type Person } from "./person.ts";
import { otherTabs } from "./session_of_other_tabs.ts";
import { keyOf, personOf, secondsLeft, storedSession } from "./stored_session.ts";

export type SessionNow =
  | { readonly state: "loading" }
  /** `problem`: why signing in did not come to its end. */
  | { readonly state: "signed_out"; readonly problem?: string }
  /** Perhaps without a token, offline: then the client says so, and keeps what waits. */
  | { readonly state: "signed_in"; readonly person: Person };

/** Who is signed in, by authorization code with PKCE. */
export interface Session extends Watched<SessionNow> {
  /** Takes up what the address says, or what this tab, another one, or this device knows. */
  begin(): Promise<void>;
  /** Leaves for the issuer's page; comes back to where the person was. Answers why it cannot. */
  signIn(): Promise<string | undefined>;
  signOut(): Promise<void>;
  /** The access token. With `refresh` a new one; undefined where the person has to sign in again. */
  token(how: { readonly refresh: boolean }): Promise<string | undefined>;
}

/** A token that ends within these seconds is renewed first. */
const margin = 30;

export function session(configuration: Configuration): Session {
  const now = watchable<SessionNow>({ state: "loading" });
  const stored = () => storedSession(configuration);
  const forget = () => sessionStorage.removeItem(keyOf(configuration));
  let opened: Promise<Issuer> | undefined;
  const issuer = () => {
    opened ??= import("./issuer.ts").then(({ openIssuer }) => openIssuer(configuration));
    // Offline, before it was kept on this device: the next one asks again.
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  const tabs = otherTabs(
    () => sessionStorage.getItem(keyOf(configuration)) ?? undefined,
    () => {
      forget();
      now.set({ state: "signed_out" });
    },
  );
  let renewing: Promise<string | undefined> | undefined;

  /** Answers whether somebody is signed in in this tab. */
  function signedIn(): boolean {
    const session = stored();
    if (session === undefined) return false;
    const person = personOf(session);
    lastPerson.set(person);
    now.set({ state: "signed_in", person });
    return true;
  }

  async function begin(): Promise<void> {
    const { pathname, search } = location;
    if (pathname === "/callback" && /[?&](code|error)=/.test(search)) {
      try {
        history.replaceState(null, "", await (await issuer()).comeBack());
      } catch (error) {
        history.replaceState(null, "", "/");
        return now.set({ state: "signed_out", problem: inWords(error) });
      }
    }
    if (location.pathname === "/signed-out") return now.set({ state: "signed_out" });
    if (signedIn()) return;
    const told = await tabs.ask();
    if (told !== undefined) sessionStorage.setItem(keyOf(configuration), told);
    if (signedIn()) return;
    const person = lastPerson.get();
    if (person === undefined) return now.set({ state: "signed_out" });
    // The issuer knows this browser, most likely: it answers at once. Where it cannot be reached, the app opens offline.
    if (navigator.onLine && (await signIn()) === undefined) return;
    now.set({ state: "signed_in", person });
  }

  async function signIn(): Promise<string | undefined> {
    const { pathname } = location;
    try {
      await (await issuer()).signIn(pathname === "/signed-out" || pathname === "/callback" ? "/" : pathname);
      return undefined;
    } catch (error) {
      return inWords(error);
    }
  }

  async function signOut(): Promise<void> {
    lastPerson.set(undefined);
    tabs.tellSignedOut();
    try {
      await (await issuer()).signOut();
    } catch {
      forget();
      history.replaceState(null, "", "/signed-out");
      now.set({ state: "signed_out" });
    }
  }

  async function renewed(old: string): Promise<string | undefined> {
    try {
      return await (await issuer()).renew();
    } catch {
      // Not reached: the old one may do, and the request will tell.
      return old;
    }
  }

  return {
    get: now.get,
    subscribe: now.subscribe,
    begin,
    signIn,
    signOut,
    async token({ refresh }) {
      const session = stored();
      if (session === undefined) return undefined;
      if (!refresh && secondsLeft(session) > margin) return session.access_token;
      // Without a refresh token it would be tried in a frame, which the page's policy forbids.
      if (session.refresh_token === undefined) return refresh ? undefined : session.access_token;
      renewing ??= renewed(session.access_token).finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
  };
}

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));
