import { type Random, seeded } from "../../workload/random.ts";
import { emoji, sentence } from "../../workload/texts.ts";
import type { Person } from "./person.ts";

/** A command on its way: whose it is, and its JSON. */
export interface Posted {
  readonly person: Person;
  readonly stream: string;
  readonly json: string;
  /** Does it make a message, so that it shows in the channel's view and on its last page? */
  readonly says: boolean;
}

interface Channel {
  readonly stream: string;
  readonly members: readonly Person[];
}

const membersOfChannel = 5;
/** Messages that are there at first, to be edited and reacted to. */
const atFirst = 10;
const beginning = 1_709_208_000_000;

/**
 * A chat of many people: of 100 commands 80 say something, 5 edit, 10 react, 5 are refused by a rule. Whatever comes before
 * what, each is accepted or refused alike.
 */
export class Chatter {
  readonly #random: Random;
  readonly #people: readonly Person[];
  readonly #listener: Person;
  #channels: readonly Channel[] = [];
  #channelsOf = new Map<Person, Channel[]>();
  #made = 0;
  #rooms = 0;

  /** `listener` is a member of every channel. */
  constructor(people: readonly Person[], listener: Person, seed: number) {
    this.#people = people;
    this.#listener = listener;
    this.#random = seeded(seed);
  }

  /** Moves to so many new channels: what makes them, in steps of which each has to be done before the next one. */
  enter(channels: number): readonly (readonly Posted[])[] {
    const people = this.#people;
    const isOne = channels === 1;
    this.#channels = Array.from({ length: channels }, () => {
      this.#rooms += 1;
      const members = isOne
        ? people
        : Array.from({ length: membersOfChannel }, (_, at) => people[(this.#rooms + at * 7) % people.length] as Person);
      return { stream: `channel-room${this.#rooms}`, members };
    });
    this.#channelsOf = new Map();
    for (const channel of this.#channels) {
      for (const member of channel.members) {
        this.#channelsOf.set(member, [...(this.#channelsOf.get(member) ?? []), channel]);
      }
    }
    const each = (make: (channel: Channel) => readonly Posted[]) => this.#channels.flatMap(make);
    return [
      each(({ stream, members }) => [
        this.#posted(members[0] as Person, stream, "create_channel", {
          name: stream.slice("channel-".length),
          description: "",
        }),
      ]),
      each(({ stream, members }) =>
        [...members.slice(1), this.#listener].map((person) => this.#posted(person, stream, "join_channel", {})),
      ),
      each(({ stream, members }) =>
        Array.from({ length: atFirst }, (_, at) =>
          this.#posted(this.#author(members, at), stream, "send_message", { messageId: `first${at}`, text: "hello" }),
        ),
      ),
    ];
  }

  next(): Posted {
    const channel = this.#random.pick(this.#channels);
    return this.#next(channel, this.#random.pick(channel.members));
  }

  /** Commands of one person, in any of their channels. */
  list(length: number): readonly Posted[] {
    const [person, channels] = this.#random.pick([...this.#channelsOf]);
    return Array.from({ length }, () => this.#next(this.#random.pick(channels), person));
  }

  #next({ stream, members }: Channel, person: Person): Posted {
    const random = this.#random;
    const dice = random.int(100);
    if (dice < 80) {
      const message = { messageId: `m${this.#made}`, text: sentence(random) };
      return this.#posted(person, stream, "send_message", message, true);
    }
    if (dice < 95) return dice < 85 ? this.#edit(stream, members, person) : this.#react(stream, person);
    return this.#posted(person, stream, "send_message", { messageId: `m${this.#made}`, text: "   " });
  }

  /** Like `next`, without any new message: what a channel's state holds does not grow. */
  steady(): Posted {
    const { stream, members } = this.#random.pick(this.#channels);
    const person = this.#random.pick(members);
    return this.#random.chance(0.5) ? this.#edit(stream, members, person) : this.#react(stream, person);
  }

  /** One of their own messages; who has none reacts. */
  #edit(stream: string, members: readonly Person[], person: Person): Posted {
    const at = members.indexOf(person);
    if (at >= atFirst) return this.#react(stream, person);
    const edited = { messageId: `first${at}`, text: sentence(this.#random) };
    return this.#posted(person, stream, "edit_message", edited);
  }

  #react(stream: string, person: Person): Posted {
    const reaction = { messageId: `first${this.#random.int(atFirst)}`, emoji: this.#random.pick(emoji.slice(0, 3)) };
    return this.#posted(person, stream, "add_reaction", reaction);
  }

  #author(members: readonly Person[], at: number): Person {
    return members[at % members.length] as Person;
  }

  #posted(person: Person, stream: string, type: string, data: object, says = false): Posted {
    this.#made += 1;
    // Version 7: the moment, and what makes it the only one.
    const time = (beginning + this.#made).toString(16).padStart(12, "0");
    const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${this.#made.toString(16).padStart(12, "0")}`;
    return { person, stream, json: JSON.stringify({ id, stream, type, data }), says };
  }
}
