// The module, through its package as anybody would use it.

import { type Command, load } from "@crowbar/domain/chat";
import type { Contender, Open, Resident } from "../contender.ts";
import type { Verdict } from "./chat/contract.ts";

type Chat = Awaited<ReturnType<typeof load>>;
type Stream = ReturnType<Chat["open"]>;
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

/** Every page of a channel, one view a line. */
const projectPages = (chat: Chat, channel: string, events: Uint8Array): Uint8Array => {
  using pages = chat.pages(`messages/${channel}`);
  pages.project(events);
  return joined(pages.touched().map((key) => pages.bytes(key)));
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
