const name = "crowbar-session";
/** Another tab answers within a few ms, or there is none. */
const patienceMs = 120;

type Said = { readonly asks: true } | { readonly user: string } | { readonly signedOut: true };

/** What the tabs of this origin tell each other of who is signed in; nothing leaves the browser. */
export interface OtherTabs {
  /** The session that another tab holds, as text. */
  ask(): Promise<string | undefined>;
  tellSignedOut(): void;
  close(): void;
}

export function otherTabs(own: () => string | undefined, onSignedOut: () => void): OtherTabs {
  const channel = new BroadcastChannel(name);
  let heard: ((user: string) => void) | undefined;
  channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    if ("signedOut" in data) return onSignedOut();
    if ("user" in data) return heard?.(data.user);
    const user = own();
    if (user !== undefined) channel.postMessage({ user });
  });
  return {
    ask: () =>
      new Promise((resolve) => {
        heard = resolve;
        channel.postMessage({ asks: true });
        setTimeout(() => resolve(undefined), patienceMs);
      }),
    tellSignedOut: () => channel.postMessage({ signedOut: true }),
    close: () => channel.close(),
  };
}
