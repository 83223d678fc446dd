import { EventStore, EventType } from "@castore/core";
import { InMemoryEventStorageAdapter } from "@castore/event-storage-adapter-in-memory";
import { type Channel, evolveChannel, newChannel } from "../chat/channel.ts";
import type { Actor, ChannelFact, Fact, UserFact } from "../chat/contract.ts";
import { isUserStream, userOf } from "../chat/stream.ts";
import { evolveUser, newUser, type User } from "../chat/user.ts";

type Metadata = { readonly actor: Actor };

/** What Castore stores: the stream is the aggregate's id, and a moment is an ISO text. */
export type Detail<F extends Fact = Fact> = {
  aggregateId: string;
  version: number;
  type: F["type"];
  timestamp: string;
  payload: F["data"];
  metadata: Metadata;
};

type AggregateOf<S> = { aggregateId: string; version: number; state: S };
export type ChatAggregate = AggregateOf<User> | AggregateOf<Channel>;

// Castore hands the reducer an aggregate that nobody else holds, so changing it in place is safe.
const reducerOf =
  <S, F extends Fact>(initial: (aggregateId: string) => S, evolve: (state: S, fact: F, actor: string) => S) =>
  (aggregate: AggregateOf<S> | undefined, event: Detail): AggregateOf<S> => {
    const { aggregateId, version, type, payload, metadata } = event;
    const reduced = aggregate ?? { aggregateId, version, state: initial(aggregateId) };
    reduced.state = evolve(reduced.state, { type, data: payload } as F, metadata.actor.id);
    reduced.version = version;
    return reduced;
  };

const eventType = <T extends Fact["type"]>(type: T) => new EventType<T, Fact["data"], Metadata>({ type });

const openUsers = () =>
  new EventStore({
    eventStoreId: "user",
    eventTypes: [eventType("user_registered"), eventType("user_renamed")],
    reducer: reducerOf<User, UserFact>((stream) => newUser(userOf(stream)), evolveUser),
    eventStorageAdapter: new InMemoryEventStorageAdapter(),
  });

const openChannels = () =>
  new EventStore({
    eventStoreId: "channel",
    eventTypes: [
      eventType("channel_created"),
      eventType("channel_renamed"),
      eventType("channel_described"),
      eventType("channel_archived"),
      eventType("user_joined_channel"),
      eventType("user_left_channel"),
      eventType("message_sent"),
      eventType("message_edited"),
      eventType("message_deleted"),
      eventType("reaction_added"),
      eventType("reaction_removed"),
    ],
    reducer: reducerOf<Channel, ChannelFact>(newChannel, evolveChannel),
    eventStorageAdapter: new InMemoryEventStorageAdapter(),
  });

export type ChatStore = EventStore<string, EventType[], Detail, Detail, never, ChatAggregate, ChatAggregate>;

/** The store of a stream's aggregate, on a storage of its own. */
export const openEventStore = (stream: string): ChatStore =>
  (isUserStream(stream) ? openUsers() : openChannels()) as unknown as ChatStore;
