import { type CommandParts, type ImportedCommand, importedCommand } from "../importing/command.ts";
import type { Line, LineKind } from "./line.ts";
import { foldedNick } from "./nick.ts";
import { People } from "./people.ts";

/** A line of the log, where it stands, and when it was written. */
export interface Placed {
  readonly file: string;
  readonly day: string;
  /** From 1. */
  readonly number: number;
  readonly at: number;
}

/** Who opens the channel where nobody else is named: nobody in the log did. */
export const importer = "irc.importer";

/**
 * Makes commands of a log. Whoever is seen for the first time registers; whoever speaks, leaves or changes their nick
 * without having been seen joining was there, and joins then. It judges nothing: that is the domain's part. The commands
 * follow from the lines alone.
 */
export class Script {
  readonly stream: string;
  readonly #channel: string;
  readonly #owner: string;
  #people = new People("");
  #day = "";
  /** By user id: the folded nick that they were last named by. */
  readonly #named = new Map<string, string>();
  /** By user id: the last command by which they joined, and are in the channel; left, and are not; were named. */
  readonly #joined = new Map<string, string>();
  readonly #left = new Map<string, string>();
  readonly #renamed = new Map<string, string>();

  constructor(channel: string, owner: string) {
    this.#channel = channel;
    this.#owner = owner;
    this.stream = `channel-${channel}`;
  }

  /** How many people were seen. */
  get people(): number {
    return this.#named.size;
  }

  /** What opens the channel, before anything else. */
  opening(at: number): { readonly register: ImportedCommand; readonly create: ImportedCommand } {
    const actor = this.#owner;
    const data = { name: this.#channel, description: "" };
    return {
      register: this.#ofUser({ type: "register_user", data: { name: actor }, actor, at, place: "register" }),
      create: importedCommand({ type: "create_channel", stream: this.stream, data, actor, at, place: "create" }),
    };
  }

  /** Is somebody in the channel who was seen under that nick on the same day? Who is takes nothing for granted. */
  isThere(nick: string, day: string): boolean {
    const id = day === this.#day ? this.#people.seen(nick) : undefined;
    return id !== undefined && this.#joined.has(id);
  }

  /** What a line says, as commands; the last one is what it is about, those before it what it takes for granted. */
  commands(line: Line, placed: Placed): readonly ImportedCommand[] {
    if (placed.day !== this.#day) {
      this.#day = placed.day;
      this.#people = new People(placed.day);
    }
    const id = this.#people.bearer(line.nick);
    const before = this.#known(id, line.nick, placed);
    if (line.kind !== "join" && !this.#joined.has(id)) before.push(this.#join(id, placed));
    this.#people.arrives(id);
    return [...before, this.#about(line, id, placed)];
  }

  #about(line: Line, id: string, placed: Placed): ImportedCommand {
    switch (line.kind) {
      case "join":
        return this.#join(id, placed);
      case "leave":
        this.#people.leaves(id);
        return this.#leave(id, placed);
      case "rename":
        this.#people.rename(line.nick, line.to);
        return this.#rename(id, line.to, placed, "rename");
      default: {
        const messageId = `${placed.day}.${placed.number}`;
        const text = line.kind === "message" ? line.text : `/me ${line.text}`;
        return importedCommand({
          type: "send_message",
          stream: this.stream,
          data: { messageId, text },
          ...this.#by(id, placed, "message"),
          upon: [this.#joined.get(id)],
        });
      }
    }
  }

  // Known by that name: registered, and renamed where they were last called otherwise, on another day.
  #known(id: string, nick: string, placed: Placed): ImportedCommand[] {
    const named = this.#named.get(id);
    if (named === undefined) return [this.#register(id, nick, placed.at)];
    return named === foldedNick(nick) ? [] : [this.#rename(id, nick, placed, "name")];
  }

  #register(id: string, name: string, at: number): ImportedCommand {
    this.#named.set(id, foldedNick(name));
    return this.#ofUser({ type: "register_user", data: { name }, actor: id, at, place: "register" });
  }

  #rename(id: string, name: string, placed: Placed, step: string): ImportedCommand {
    this.#named.set(id, foldedNick(name));
    return this.#ofUser({ type: "rename_user", data: { name }, ...this.#by(id, placed, step) });
  }

  /** One after the other, so that the last name stays. */
  #ofUser(parts: Omit<CommandParts, "stream">): ImportedCommand {
    const command = importedCommand({
      ...parts,
      stream: `user-${parts.actor}`,
      after: [this.#renamed.get(parts.actor)],
    });
    this.#renamed.set(parts.actor, command.id);
    return command;
  }

  /** Before they have left, joining would change nothing. */
  #join(id: string, placed: Placed): ImportedCommand {
    const parts = { type: "join_channel", data: {}, ...this.#by(id, placed, "join") };
    const command = importedCommand({ ...parts, stream: this.stream, after: [this.#left.get(id)] });
    this.#joined.set(id, command.id);
    this.#left.delete(id);
    return command;
  }

  #leave(id: string, placed: Placed): ImportedCommand {
    const parts = { type: "leave_channel", data: {}, ...this.#by(id, placed, "leave") };
    const command = importedCommand({ ...parts, stream: this.stream, upon: [this.#joined.get(id)] });
    this.#left.set(id, command.id);
    this.#joined.delete(id);
    return command;
  }

  #by(actor: string, { at, file, number }: Placed, step: string) {
    return { actor, at, place: [this.#channel, file, number, step] };
  }
}

/** What each kind of line is counted as. */
export const counted = {
  message: "messages",
  action: "actions",
  remark: "actions",
  join: "joins",
  leave: "leaves",
  rename: "renames",
} as const satisfies Record<LineKind, string>;
