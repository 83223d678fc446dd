// A page that uses the client, with React and without; the test drives it. Bundled by esbuild, with the domain inlined.
import { load, type Types } from "@crowbar/domain/chat";
import { createElement, type ReactElement, StrictMode, useLayoutEffect } from "react";
import { createRoot, type Root } from "react-dom/client";
import { type Client, createClient } from "../../web/client/src/index.ts";
import { ClientProvider, hooksOf } from "../../web/client/src/react/index.ts";

const { useAggregate, useView, useSend, useSyncStatus, useRejected, useWaiting } = hooksOf<Types>();

/** What was on the screen after one rendering. */
export interface Rendered {
  readonly messages: readonly string[] | undefined;
  readonly channels: readonly string[] | undefined;
  readonly waiting: number;
  readonly rejected: readonly string[];
  readonly state: string;
  /** Of the document itself. */
  readonly shown: readonly string[];
}

export interface Driven {
  open(options: { readonly token: string; readonly channel: string; readonly strict: boolean }): Promise<void>;
  send(type: string, stream: string, data: object): { readonly state: string; readonly ms: number };
  rendered(): readonly Rendered[];
  status(): { readonly waiting: number; readonly leader: boolean; readonly state: string };
  isEverythingKept(): Promise<void>;
  block(is: boolean): void;
}

const rendered: Rendered[] = [];
const kept: Promise<void>[] = [];
let isBlocked = false;
let client: Client<Types> | undefined;
let root: Root | undefined;
let sendNow: Client<Types>["send"] | undefined;

function Chat({ channel }: { readonly channel: string }): ReactElement {
  const page = useView(`messages/${channel}/1`);
  const channels = useView("allchannels");
  const { rejected } = useRejected();
  const waiting = useWaiting();
  const status = useSyncStatus();
  useAggregate("channel", channel);
  sendNow = useSend();
  // After each rendering, before it is painted: the document is what a person would see.
  useLayoutEffect(() => {
    const shown = [...document.querySelectorAll("li")].map((item) => item.textContent ?? "");
    rendered.push({
      messages: page.data?.map(({ text }) => text),
      channels: channels.data?.map(({ name }) => name),
      waiting: waiting.length,
      rejected: rejected.map(({ code }) => code),
      state: status.state,
      shown,
    });
  });
  const items = page.data?.map(({ messageId, text }) => createElement("li", { key: messageId }, text));
  return createElement("ul", null, items);
}

const driven: Driven = {
  async open({ token, channel, strict }) {
    client = await createClient({
      domain: await load(),
      baseUrl: location.origin,
      token,
      fetch: (input, init) => (isBlocked ? Promise.reject(new TypeError("blocked")) : fetch(input, init)),
      retry: { firstMs: 20, mostMs: 200 },
    });
    const chat = createElement(ClientProvider<Types>, { client }, createElement(Chat, { channel }));
    root?.unmount();
    root = createRoot(document.body.appendChild(document.createElement("main")));
    root.render(strict ? createElement(StrictMode, null, chat) : chat);
  },
  send(type, stream, data) {
    const from = performance.now();
    const sent = sendNow?.({ stream, type, data } as never);
    if (sent === undefined) throw new Error("Nothing is open yet.");
    kept.push(sent.kept);
    return { state: sent.state, ms: performance.now() - from };
  },
  rendered: () => rendered,
  status() {
    const now = client?.status.get();
    return { waiting: now?.waiting ?? 0, leader: now?.leader ?? false, state: now?.state ?? "" };
  },
  async isEverythingKept() {
    await Promise.all(kept);
  },
  block(is) {
    isBlocked = is;
  },
};
Object.assign(globalThis, { driven });
