import { type CommandParts, importedCommand } from "../importing/command.ts";
import type { Tally } from "../importing/tally.ts";
import { emojiOf } from "./emoji.ts";
import { fromSlack } from "./markup.ts";
import type { SlackMessage, SlackText } from "./message.ts";
import { type Directory, type FromArchive, type Place, registration } from "./script.ts";
import type { SlackChannel } from "./workspace.ts";

type Parts = Omit<CommandParts, "stream" | "at"> & { readonly at?: number; readonly kind?: string };

interface Reaction {
  readonly messageId: string;
  readonly emoji: string;
  readonly user: string;
  readonly where: Place;
}

/** Who opens a channel of which nobody is named as its creator. */
const importer = "slack.importer";

/**
 * Makes commands of one channel. Whoever speaks or leaves without having been seen joining was there, and joins then.
 * Slack does not say when somebody reacted: reactions come last, when everybody has joined.
 */
export class ChannelScript {
  readonly #channel: SlackChannel;
  readonly #directory: Directory;
  readonly #tally: Tally;
  /** Who is in the channel; by user id the last commands by which they joined and left. */
  readonly #members = new Set<string>();
  readonly #joined = new Map<string, string>();
  readonly #left = new Map<string, string>();
  /** By message id: the last command about it. */
  readonly #messages = new Map<string, string>();
  readonly #reactions: Reaction[] = [];
  #at: number;

  constructor(channel: SlackChannel, directory: Directory, tally: Tally) {
    this.#channel = channel;
    this.#directory = directory;
    this.#tally = tally;
    this.#at = channel.createdAt;
  }

  /** What makes the channel; nothing else of it makes sense before it is there. */
  opening(): FromArchive {
    const actor = this.#owner;
    this.#members.add(actor);
    const data = { name: this.#channel.name, description: "" };
    return this.#command(channels, { type: "create_channel", data, actor, place: "create", kind: "channels" });
  }

  describing(): readonly FromArchive[] {
    const { purpose } = this.#channel;
    if (purpose === "") return [];
    const description = fromSlack(purpose, this.#directory.nameOf);
    const place = "describe";
    return [this.#command(channels, { type: "describe_channel", data: { description }, actor: this.#owner, place })];
  }

  message(message: SlackMessage, where: Place): readonly FromArchive[] {
    this.#at = message.at;
    const { user, ts, kind, userName } = message;
    const commands = this.#known(user, userName ?? user, where);
    if (kind === "join") return [...commands, this.#join(user, [ts, "join"], where, "joins")];
    if (!this.#members.has(user)) commands.push(this.#join(user, [ts, "there"], where));
    if (kind === "leave") return [...commands, this.#leave(user, [ts, "leave"], where, "leaves")];
    this.#remember(message, where);
    return [...commands, ...this.#said(message, where)];
  }

  /** Those who are in it without a word, what people thought of messages, and its end. */
  *closing(): Generator<FromArchive> {
    for (const user of this.#channel.members) {
      if (!this.#members.has(user)) yield this.#join(user, ["listed"], channels);
    }
    for (const { messageId, emoji, user, where } of this.#reactions) {
      yield* this.#known(user, user, where);
      const there = this.#members.has(user);
      const place = [messageId, emoji];
      if (!there) yield this.#join(user, [...place, "join"], where);
      const upon = [this.#messages.get(messageId), this.#joined.get(user)];
      const data = { messageId, emoji };
      yield this.#command(where, { type: "add_reaction", data, actor: user, place, upon, kind: "reactions" });
      if (!there) yield this.#leave(user, [...place, "leave"], where);
    }
  }

  /** Nothing can be done in it any more: everything else has to be answered before. */
  archiving(): readonly FromArchive[] {
    if (!this.#channel.archived) return [];
    return [this.#command(channels, { type: "archive_channel", data: {}, actor: this.#owner, place: "archive" })];
  }

  get #owner(): string {
    return this.#channel.creator ?? importer;
  }

  #said({ texts, messageId, user, ts, replyTo, isAction, deletedAt }: SlackMessage, where: Place): FromArchive[] {
    const commands: FromArchive[] = [];
    const say = (type: string, kind: string, data: Parts["data"], at: number, step: number | string) => {
      const before = this.#messages.get(messageId);
      const upon = [before, this.#messages.get(replyTo ?? ""), this.#joined.get(user)];
      // Changes come in their order: the last one stays.
      const after = commands.length > 1 ? [before] : [];
      const parts = { type, data: { messageId, ...data }, actor: user, at, place: [ts, step], kind, upon, after };
      const command = this.#command(where, parts);
      this.#messages.set(messageId, command.id);
      commands.push({ ...command, replaced: texts.length > 1 });
    };
    const [first, ...edits] = texts;
    const read = (said: SlackText) => this.#read(said, isAction);
    say("send_message", "messages", { text: read(first), ...(replyTo !== undefined && { replyTo }) }, first.at, "send");
    for (const [index, edit] of edits.entries()) say("edit_message", "edits", { text: read(edit) }, edit.at, index);
    if (deletedAt !== undefined) say("delete_message", "deletions", {}, deletedAt, "delete");
    return commands;
  }

  #read({ text, raw }: SlackText, isAction: boolean): string {
    if (raw) return text;
    return (isAction ? "/me " : "") + fromSlack(text, this.#directory.nameOf);
  }

  #remember({ reactions, messageId, beside }: SlackMessage, where: Place): void {
    if (beside > 0) this.#tally.ignore("files and attachments", beside);
    for (const { name, users } of reactions) {
      const emoji = emojiOf(name);
      if (emoji === undefined) {
        const message = `There is no emoji called ${name.slice(0, 100)}: it is one of the workspace's own.`;
        this.#tally.leaveOut({ ...where, command: "add_reaction", code: "emoji_unknown", message });
      } else {
        for (const user of users) this.#reactions.push({ messageId, emoji, user, where });
      }
    }
  }

  // In an archive of our own, everybody who is registered is among the users.
  #known(user: string, name: string, where: Place): FromArchive[] {
    if (this.#channel.own || this.#directory.has(user)) return [];
    this.#directory.add(user, name);
    const unlisted = { id: user, name, email: undefined, registeredAt: undefined };
    return [registration(unlisted, this.#at, this.#tally, where)];
  }

  /** Before they have left, joining would change nothing. */
  #join(user: string, place: Parts["place"], where: Place, kind?: string): FromArchive {
    const after = [this.#left.get(user)];
    const parts = { type: "join_channel", data: {}, actor: user, place, after };
    const command = this.#command(where, { ...parts, ...(kind && { kind }) });
    this.#members.add(user);
    this.#joined.set(user, command.id);
    return command;
  }
  #leave(user: string, place: Parts["place"], where: Place, kind?: string): FromArchive {
    const upon = [this.#joined.get(user)];
    const parts = { type: "leave_channel", data: {}, actor: user, place, upon };
    const command = this.#command(where, { ...parts, ...(kind && { kind }) });
    this.#members.delete(user);
    this.#left.set(user, command.id);
    return command;
  }

  #command(where: Place, { kind, at = this.#at, ...parts }: Parts): FromArchive {
    const command = importedCommand({ ...parts, at, stream: `channel-${this.#channel.id}` });
    if (kind !== undefined) this.#tally.use(kind);
    const part = { order: this.#tally.order, ...(kind !== undefined && { counted: kind }) };
    return { ...command, where, part };
  }
}

const channels: Place = { file: "channels.json" };
