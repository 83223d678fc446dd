import type { Json, JsonObject } from "../operation.ts";
import { nameOf } from "./emoji.ts";
import { toSlack } from "./markup.ts";
import { deleted } from "./message.ts";
import { ownKey } from "./workspace.ts";

/** A stored event, as far as an export reads it. */
export interface Told {
  readonly type: string;
  readonly at: number;
  readonly actor: { readonly id: string };
  readonly data: { readonly [name: string]: string | undefined };
}

interface Said {
  readonly ts: string;
  /** The ts of the message that its thread began with: Slack's answers have no answers of their own. */
  readonly root: string;
  readonly at: number;
  readonly user: string;
  readonly messageId: string;
  readonly first: string;
  readonly replyTo: string | undefined;
  readonly edits: { readonly at: number; readonly text: string }[];
  deletedAt?: number;
  /** By emoji, in order of the first reaction. */
  readonly reactions: Map<string, string[]>;
}
interface Moved {
  readonly ts: string;
  readonly at: number;
  readonly user: string;
  readonly subtype: "channel_join" | "channel_leave";
}

/** The last ms that four digits of a year can say. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What happened in one channel, as Slack's export tells it. */
export class History {
  readonly #id: string;
  readonly #all: (Said | Moved)[] = [];
  readonly #messages = new Map<string, Said>();
  readonly #members = new Set<string>();
  #archived = false;
  #created: { readonly at: number; readonly by: string } | undefined;
  #name = "";
  #description = "";
  #microseconds = 0n;

  constructor(id: string) {
    this.#id = id;
  }

  get name(): string {
    return this.#name;
  }
  get isArchived(): boolean {
    return this.#archived;
  }
  get messages(): number {
    return this.#messages.size;
  }

  /** Takes the next event. Answers whether it is of a kind that an archive can tell. */
  take({ type, at, actor, data }: Told): boolean {
    const { messageId = "", text = "", emoji = "" } = data;
    const message = this.#messages.get(messageId);
    switch (type) {
      case "channel_created":
        this.#created = { at, by: actor.id };
        this.#members.add(actor.id);
        this.#name = data.name ?? "";
        this.#description = data.description ?? "";
        return true;
      case "channel_renamed":
        this.#name = data.name ?? "";
        return true;
      case "channel_described":
        this.#description = data.description ?? "";
        return true;
      case "channel_archived":
        this.#archived = true;
        return true;
      case "user_joined_channel":
        return this.#moves(at, data.userId ?? "", "channel_join");
      case "user_left_channel":
        return this.#moves(at, data.userId ?? "", "channel_leave");
      case "message_sent":
        return this.#says({ at, user: actor.id, messageId, first: text, replyTo: data.replyTo });
      case "message_edited":
        message?.edits.push({ at, text });
        return true;
      case "message_deleted":
        if (message !== undefined) message.deletedAt = at;
        return true;
      case "reaction_added":
        if (message !== undefined) react(message.reactions, emoji, actor.id);
        return true;
      case "reaction_removed":
        if (message !== undefined) unreact(message.reactions, emoji, actor.id);
        return true;
      default:
        return false;
    }
  }

  /** For channels.json; undefined where the channel was never created. */
  channel(folder: string): JsonObject | undefined {
    if (this.#created === undefined) return undefined;
    const { at, by } = this.#created;
    return {
      ...{ id: this.#id, name: this.#name, created: Math.floor(at / 1000), creator: by },
      is_archived: this.isArchived,
      is_general: this.#name === "general",
      members: [...this.#members],
      topic: { value: "", creator: "", last_set: 0 },
      purpose: { value: toSlack(this.#description), creator: by, last_set: 0 },
      [ownKey]: { createdAt: at, ...(folder !== this.#name && { folder }) },
    };
  }

  /** The messages of each day, in order. */
  *days(): Generator<{ readonly day: string; readonly messages: readonly Json[] }> {
    let day = "";
    let messages: Json[] = [];
    for (const one of this.#all) {
      const its = new Date(Number(one.ts.slice(0, -7)) * 1000).toISOString().slice(0, 10);
      if (its !== day && messages.length > 0) yield { day, messages };
      if (its !== day) messages = [];
      day = its;
      messages.push("subtype" in one ? moved(one) : this.#written(one));
    }
    if (messages.length > 0) yield { day, messages };
  }

  #moves(at: number, user: string, subtype: Moved["subtype"]): boolean {
    if (subtype === "channel_join") this.#members.add(user);
    else this.#members.delete(user);
    this.#all.push({ ts: this.#ts(at), at, user, subtype });
    return true;
  }

  #says(said: Pick<Said, "at" | "user" | "messageId" | "first" | "replyTo">): boolean {
    const ts = this.#ts(said.at);
    const root = this.#messages.get(said.replyTo ?? "")?.root ?? ts;
    const message = { ...said, ts, root, edits: [], reactions: new Map() };
    this.#messages.set(said.messageId, message);
    this.#all.push(message);
    return true;
  }

  // By its ts a message is known in Slack, and by them they are ordered: so each is later than the one before.
  #ts(at: number): string {
    const own = BigInt(Math.min(at, latest)) * 1000n;
    this.#microseconds = own > this.#microseconds ? own : this.#microseconds + 1n;
    return `${this.#microseconds / 1_000_000n}.${String(this.#microseconds % 1_000_000n).padStart(6, "0")}`;
  }

  #written(said: Said): Json {
    const { ts, root, at, user, messageId, first, edits, deletedAt, replyTo } = said;
    const edit = edits.at(-1);
    const text = edit?.text ?? first;
    const common = { type: "message", user, ts, ...(root !== ts && { thread_ts: root }) };
    const own = { messageId, at, ...(replyTo !== undefined && { replyTo }) };
    if (deletedAt !== undefined) {
      const was = { deletedAt, ...(edit !== undefined && { editedAt: edit.at }) };
      return { ...common, subtype: "tombstone", text: deleted, [ownKey]: { ...own, ...was } };
    }
    const isAction = text.startsWith("/me ");
    const reactions = Array.from(said.reactions, ([emoji, users]) => ({
      name: nameOf(emoji),
      users,
      count: users.length,
    }));
    return {
      ...common,
      ...(isAction && { subtype: "me_message" }),
      text: toSlack(isAction ? text.slice("/me ".length) : text),
      ...(edit !== undefined && { edited: { user, ts: `${Math.floor(edit.at / 1000)}.000000` } }),
      ...(reactions.length > 0 && { reactions }),
      [ownKey]: { ...own, ...(edit !== undefined && { text: first, edits: edits.map((each) => ({ ...each })) }) },
    };
  }
}

const moved = ({ ts, at, user, subtype }: Moved): Json => ({
  ...{ type: "message", subtype, user, ts },
  text: `<@${user}> has ${subtype === "channel_join" ? "joined" : "left"} the channel`,
  [ownKey]: { at },
});

function react(reactions: Map<string, string[]>, emoji: string, user: string): void {
  const users = reactions.get(emoji) ?? [];
  if (!users.includes(user)) users.push(user);
  reactions.set(emoji, users);
}

function unreact(reactions: Map<string, string[]>, emoji: string, user: string): void {
  const users = (reactions.get(emoji) ?? []).filter((each) => each !== user);
  if (users.length > 0) reactions.set(emoji, users);
  else reactions.delete(emoji);
}
