// Real people: the public #ubuntu channel as commands. Whoever speaks without having been seen joining joins first, as
// they were there when the log began. Source and licence: slice/README.md.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compact, type Members, members, write } from "./json.ts";
import type { Random } from "./random.ts";
import type { Recorder, Source } from "./recorder.ts";
import type { World } from "./world.ts";

interface Address {
  readonly stream: string;
  readonly slot: number;
}

const slice = fileURLToPath(new URL("slice/", import.meta.url));
const whole = fileURLToPath(new URL("../../../shared/data/ubuntu-irc/", import.meta.url));

const forms = {
  message: /^\[(\d\d):(\d\d)\] <([^>]+)> ?(.*)$/,
  action: /^\[(\d\d):(\d\d)\]\s+\* (\S+) (.*)$/,
  join: /^=== (.+) \[\S+\]\s+has joined #ubuntu$/i,
  leave: /^=== (.+) \[\S+\]\s+has left #ubuntu \[.*\]$/i,
  rename: /^=== (\S+) is now known as (\S+)$/,
};

/** The log's files: all days where they are at hand and asked for, else the slice that comes with the tests. */
export function logFiles(all: boolean): readonly string[] {
  const folder = all && existsSync(whole) ? whole : slice;
  const days = readdirSync(folder).filter((name) => /^\d{4}-\d\d-\d\d\.txt$/.test(name));
  return days.sort().map((name) => join(folder, name));
}

export class IrcLog implements Source {
  /** Lines of no known form, `<file>:<line>: <text>`. */
  readonly leftOut: string[] = [];
  lines = 0;
  readonly #random: Random;
  readonly #world: World;
  readonly #channel: Address;
  readonly #ids = new Map<string, string>(); // nickname → user id
  readonly #taken = new Set<string>();
  readonly #users = new Map<string, number>(); // user id → slot
  readonly #present = new Set<string>();
  readonly #files: readonly string[];
  #file = 0;
  #begun = false;

  constructor(random: Random, world: World, files: readonly string[]) {
    this.#random = random;
    this.#world = world;
    this.#files = files;
    this.#channel = { stream: "channel-ubuntu", slot: world.slot() };
  }

  /** Adds whole days. */
  fill(recorder: Recorder, size: number): void {
    const before = recorder.commands;
    while (this.#file < this.#files.length && recorder.commands - before < size) {
      const path = this.#files[this.#file++] ?? "";
      const day = path.slice(-"2004-12-25.txt".length, -".txt".length);
      let at = Date.parse(`${day}T00:00:00Z`);
      if (!this.#begun) this.#begin(recorder, at);
      const lines = readFileSync(path, "utf8").split("\n");
      for (const [index, line] of lines.entries()) {
        if (line === "") continue;
        this.lines += 1;
        const time = /^\[(\d\d):(\d\d)\]/.exec(line);
        if (time) at = Date.parse(`${day}T${time[1]}:${time[2]}:00Z`);
        if (!this.#take(recorder, line, at, `${day}.${index + 1}`))
          this.leftOut.push(`${day}.txt:${index + 1}: ${line}`);
      }
    }
  }

  #begin(recorder: Recorder, at: number): void {
    this.#begun = true;
    recorder.add("state", "open", this.#channel.slot, "channel", this.#channel.stream);
    const data = members(["name", "ubuntu"], ["description", "Help with Ubuntu"]);
    this.#act(recorder, this.#channel, "create_channel", data, "chanserv", at);
  }

  #take(recorder: Recorder, line: string, at: number, id: string): boolean {
    const spoken = forms.message.exec(line) ?? forms.action.exec(line);
    const joined = forms.join.exec(line);
    const left = forms.leave.exec(line);
    const renamed = forms.rename.exec(line);
    if (spoken) {
      const [, , , nick = "", text = ""] = spoken;
      const user = this.#enter(recorder, nick, at);
      const said = forms.message.test(line) ? text : `/me ${text}`;
      this.#act(recorder, this.#channel, "send_message", members(["messageId", id], ["text", said]), user, at);
    } else if (joined) {
      this.#enter(recorder, joined[1] ?? "", at, true);
    } else if (left) {
      const user = this.#user(recorder, left[1] ?? "", at);
      this.#present.delete(user);
      this.#act(recorder, this.#channel, "leave_channel", members(), user, at);
    } else if (renamed) {
      const [, before = "", after = ""] = renamed;
      const user = this.#user(recorder, before, at);
      this.#ids.delete(before);
      this.#ids.set(after, user);
      const stream = { stream: `user-${user}`, slot: this.#users.get(user) ?? 0 };
      this.#act(recorder, stream, "rename_user", members(["name", after]), user, at);
    }
    return Boolean(spoken ?? joined ?? left ?? renamed);
  }

  /** The id of whoever bears a nickname now; who is new registers. */
  #user(recorder: Recorder, nick: string, at: number): string {
    const known = this.#ids.get(nick);
    if (known !== undefined) return known;
    const safe = nick.replace(/[^A-Za-z0-9._:@-]/gu, (character) => `~${character.codePointAt(0)?.toString(16)}`);
    let id = `irc-${safe}`;
    while (this.#taken.has(id)) id += "_";
    this.#taken.add(id);
    this.#ids.set(nick, id);
    const slot = this.#world.slot();
    this.#users.set(id, slot);
    recorder.add("state", "open", slot, "user", `user-${id}`);
    this.#act(recorder, { stream: `user-${id}`, slot }, "register_user", members(["name", nick]), id, at);
    return id;
  }

  /** Somebody who is in the channel from now on. `again` joins also where they are in it already. */
  #enter(recorder: Recorder, nick: string, at: number, again = false): string {
    const user = this.#user(recorder, nick, at);
    if (this.#present.has(user) && !again) return user;
    this.#present.add(user);
    this.#act(recorder, this.#channel, "join_channel", members(), user, at);
    return user;
  }

  #act(recorder: Recorder, { stream, slot }: Address, type: string, data: Members, actor: string, at: number): void {
    const id = this.#random.uuid(at);
    const command = members(["id", id], ["stream", stream], ["type", type], ["data", data]);
    const context = members(["at", at], ["actor", members(["id", actor])]);
    recorder.add("ubuntu-irc", "act", slot, write(command, compact), write(context, compact));
  }
}
