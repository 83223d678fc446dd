// What the generator remembers of the chat that it drives, so that most of its commands are about things that exist.
// It learns from accepted events alone: what the core said happened, happened.
import type { Random } from "./random.ts";

export interface StoredEvent {
  readonly stream: string;
  readonly type: string;
  readonly version: number;
  readonly actor: { readonly id: string };
  readonly data: { readonly [key: string]: string };
}

export interface Channel {
  readonly stream: string;
  readonly slot: number;
  version: number;
  created: boolean;
  archived: boolean;
  owner: string;
  name: string;
  readonly members: Set<string>;
  readonly messages: { readonly id: string; readonly author: string; text: string; deleted: boolean }[];
  readonly reactions: { readonly message: string; readonly emoji: string; readonly user: string }[];
}
export interface User {
  readonly stream: string;
  readonly slot: number;
  version: number;
}
export type Stream = Channel | User;

export const people = [
  ...["ada", "bob", "cleo", "dora", "emil", "fritz", "greta", "hans", "ida", "jo", "kim", "lea", "max", "nora", "otto"],
  ...["a.b:c@d~e-f", "_x", "0", "A", "p".repeat(128)],
];

const openChannels = 12;

export class World {
  readonly channels: Channel[] = [];
  readonly users: User[] = [];
  readonly #streams = new Map<string, Stream>();
  #slots = 0;

  constructor() {
    for (const person of people) {
      const user = { stream: `user-${person}`, slot: this.slot(), version: 0 };
      this.users.push(user);
      this.#streams.set(user.stream, user);
    }
    while (this.channels.length < openChannels) this.addChannel();
  }

  /** A slot that nothing was opened in yet. */
  slot(): number {
    return ++this.#slots;
  }

  addChannel(id = `c${this.channels.length}`): Channel {
    const channel: Channel = {
      stream: `channel-${id}`,
      slot: this.slot(),
      version: 0,
      created: false,
      archived: false,
      owner: "",
      name: "",
      members: new Set(),
      messages: [],
      reactions: [],
    };
    this.channels.push(channel);
    this.#streams.set(channel.stream, channel);
    return channel;
  }

  /** Channels that are archived stay, and new ones take their place among the living. */
  missingChannels(): number {
    return openChannels - this.channels.filter(({ archived }) => !archived).length;
  }

  channel(random: Random): Channel {
    const living = this.channels.filter(({ archived }) => !archived);
    return random.pick(random.chance(95) ? living : this.channels);
  }

  stream(name: string): Stream | undefined {
    return this.#streams.get(name);
  }

  hear(event: StoredEvent): void {
    const stream = this.#streams.get(event.stream);
    if (stream === undefined) return;
    stream.version = event.version;
    if ("members" in stream) hearChannel(stream, event);
  }
}

function hearChannel(channel: Channel, { type, actor, data }: StoredEvent): void {
  const { userId = "", messageId = "", text = "", name = "", emoji = "" } = data;
  if (type === "channel_created") {
    channel.created = true;
    channel.owner = actor.id;
    channel.members.add(actor.id);
  }
  if (type === "channel_created" || type === "channel_renamed") channel.name = name;
  if (type === "channel_archived") channel.archived = true;
  if (type === "user_joined_channel") channel.members.add(userId);
  if (type === "user_left_channel") channel.members.delete(userId);
  if (type === "message_sent") channel.messages.push({ id: messageId, author: actor.id, text, deleted: false });
  if (type === "message_edited" || type === "message_deleted") {
    const message = channel.messages.find(({ id }) => id === messageId);
    if (message && type === "message_edited") message.text = text;
    else if (message) message.deleted = true;
  }
  if (type === "reaction_added") channel.reactions.push({ message: messageId, emoji, user: actor.id });
}
