// The module, through its package as anybody would use it.

import { type Command, load } from "@crowbar/domain/chat";
import type { Contender, Open, Resident } from "../contender.ts";
import type { Verdict } from "./chat/contract.ts";

type Chat = Awaited<ReturnType<typeof load>>;
type Stream = ReturnType<Chat["open"]>;
type View = ReturnType<Chat["view"]>;
type Given = Parameters<Stream["decide"]>[1];

const newline = 10;

const openStream = (chat: Chat, name: string): Stream => chat.open(name.startsWith("user-") ? "user" : "channel", name);

const residentOf = (stream: Stream): Resident => ({
  get version() {
    return stream.version;
  },
  decideText: (command, context) => stream.decideText(command, context),
  decideBytes: (command, context) => stream.decideBytes(command, context),
  decideBatch: (commands, context) => stream.decideMany(commands, context),
  // The rivals' types say the same in other words.
  decideObject: (command, context) => stream.decide(command as Command, context as Given) as Verdict,
  close: () => stream.close(),
});

const project = (chat: Chat, key: string, events: Uint8Array): Uint8Array => {
  using view = chat.view(key);
  view.project(events);
  return view.bytes();
};

/**
 * Every page of a channel, one view a line, as a relay and a projector do it: the folded stream says on which page an
 * event is, and each page is handed its runs of events, told at each that nothing between them concerns it.
 */
const projectPages = (chat: Chat, channel: string, events: Uint8Array): Uint8Array => {
  using stream = openStream(chat, `channel-${channel}`);
  stream.fold(events);
  const pages = new Map<string, View>();
  let run = { key: "", before: 0, from: 0 };
  let version = 0;

  const hand = (to: number): void => {
    if (run.key === "") return;
    const page = pages.get(run.key) ?? chat.view(run.key);
    pages.set(run.key, page);
    page.beginAfter(stream.stream, run.before);
    page.project(events.subarray(run.from, to));
  };

  for (let at = 0; at < events.length; version += 1) {
    const end = endOfLine(events, at);
    const key = stream.viewKeysOf(events.subarray(at, end)).find((one) => one.startsWith("messages/"));
    // An event that is on no page goes with those before it.
    if (key !== undefined && key !== run.key) {
      hand(at);
      run = { key, before: version, from: at };
    }
    at = end;
  }
  hand(events.length);
  const views = Array.from(pages.values(), (page) => {
    page.beginAfter(stream.stream, version);
    const bytes = page.bytes();
    page.close();
    return bytes;
  });
  return joined(views);
};

const endOfLine = (bytes: Uint8Array, from: number): number => {
  const found = bytes.indexOf(newline, from);
  return found === -1 ? bytes.length : found + 1;
};

const joined = (lines: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(lines.reduce((size, line) => size + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    all.set(line, at);
    all[at + line.length] = newline;
    at += line.length + 1;
  }
  return all;
};

export const open: Open = async (): Promise<Contender> => {
  const chat = await load();
  return {
    name: "module",
    domain: chat.hash,
    fold(name, events) {
      const stream = openStream(chat, name);
      stream.fold(events);
      return residentOf(stream);
    },
    foldObjects(name, events) {
      const stream = openStream(chat, name);
      stream.fold(events);
      return residentOf(stream);
    },
    project: (key, events) =>
      key.endsWith("/*") ? projectPages(chat, key.split("/")[1] ?? "", events) : project(chat, key, events),
  };
};
