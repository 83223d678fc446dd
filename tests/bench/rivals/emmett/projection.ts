import {
  getInMemoryDatabase,
  handleInMemoryProjections,
  type InMemoryReadEvent,
  inMemoryProjection,
} from "@event-driven-io/emmett";
import { checkedEvent, type Validator } from "../chat/contend.ts";
import type { Event } from "../chat/contract.ts";
import { eachLine } from "../chat/lines.ts";
import { type Happened, openView, type View } from "../chat/view.ts";
import type { ChatEvent } from "./decider.ts";

type Recorded = InMemoryReadEvent<ChatEvent>;

const recordedOf = ({ id, stream, version, type, at, actor, data }: Event): Recorded =>
  ({
    kind: "Event",
    type,
    data,
    metadata: {
      messageId: id,
      streamName: stream,
      streamPosition: BigInt(version),
      globalPosition: BigInt(version),
      at,
      actor,
    },
  }) as Recorded;

const happenedOf = ({ type, data, metadata }: Recorded): Happened =>
  ({
    stream: metadata.streamName,
    version: Number(metadata.streamPosition),
    at: metadata.at,
    actor: metadata.actor,
    type,
    data,
  }) as Happened;

/**
 * One batch into one document. Emmett's one-event projections compare the whole document after each event, which is
 * quadratic for a view of this size; its batch handler is public too, and is what somebody in a hurry would take.
 */
const viewProjection = (key: string, view: View) =>
  inMemoryProjection<ChatEvent>({
    canHandle: [...view.handles],
    handle: async (events, { database }) => {
      await database.collection<{ readonly view: View }>("views").handle(key, (document) => {
        const kept = document?.view ?? view;
        for (const event of events) kept.apply(happenedOf(event));
        return { view: kept };
      });
    },
  });

export const project = async (
  validator: Validator,
  domain: string,
  key: string,
  bytes: Uint8Array,
): Promise<string> => {
  const events: Recorded[] = [];
  eachLine(bytes, (value) => {
    events.push(recordedOf(checkedEvent(validator, value)));
  });
  const database = getInMemoryDatabase();
  await handleInMemoryProjections({ projections: [viewProjection(key, openView(key))], events, database });
  const document = await database.collection<{ readonly view: View }>("views").findOne();
  // Nothing that the view handles has happened: Emmett did not call the projection.
  return (document?.view ?? openView(key)).json(domain);
};
