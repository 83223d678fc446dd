import { watchable } from "../device/watchable.ts";

interface Policies {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/** Is a newer app there, waiting to be opened? */
export const newerApp = watchable(false);
let waiting: ServiceWorker | undefined;

/** Keeps the app on this device, so that it opens offline. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const begin = () => void register().catch((error: unknown) => console.warn(error));
  // After the page's own files, which it would fetch a second time beside them.
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register(address("/sw.js"), { updateViaCache: "none" });
  const told = () => {
    // The first one of all is no newer one.
    if (registration.waiting === null || navigator.serviceWorker.controller === null) return;
    waiting = registration.waiting;
    newerApp.set(true);
  };
  told();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", told);
  });
}

/** Opens the newer app: loads the page again once it has taken over. */
export async function openNewerApp(): Promise<void> {
  const newer = waiting ?? (await lookForNewerApp());
  if (newer === undefined) {
    location.reload();
    return;
  }
  const follow = () => {
    if (newer.state === "installed") newer.postMessage({ type: "SKIP_WAITING" });
    else if (newer.state === "activated" || newer.state === "redundant") location.reload();
  };
  newer.addEventListener("statechange", follow);
  follow();
}

/** Asks the server for a newer app, which browsers do only where a page is opened: one that stays open for days hears of none. */
export async function lookForNewerApp(): Promise<ServiceWorker | undefined> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.update();
    return registration?.installing ?? registration?.waiting ?? undefined;
  } catch {
    return undefined; // It cannot be asked now.
  }
}

/** The only script's address that is ever made of a text: Trusted Types ask that it is said where. */
function address(path: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Policies };
  const policy = trustedTypes?.createPolicy("crowbar-service-worker", {
    createScriptURL(url) {
      if (url !== path) throw new TypeError(`${url} is not the app's worker.`);
      return url;
    },
  });
  return policy?.createScriptURL(path) ?? path;
}
