import type { Event, Fact } from "./contract.ts";
import { allChannels } from "./views/allChannels.ts";
import { allUsers } from "./views/allUsers.ts";
import { channelView } from "./views/channelView.ts";
import { messagePages } from "./views/messagePages.ts";
import { objectOf, sorted } from "./views/object.ts";

/** What a projection reads of an event. */
export type Happened = Pick<Event, "stream" | "version" | "at" | "actor"> & Fact;

/** What a view does with the events of its streams, each of which it hears once and in order. */
export type Projection = {
  readonly handles: readonly Fact["type"][];
  hears(stream: string): boolean;
  project(event: Happened): void;
  /** The data of each object that the view consists of, by its key: one, or one a page. */
  data(): Iterable<readonly [string, string]>;
};

export type View = {
  readonly handles: readonly Fact["type"][];
  apply(event: Happened): void;
  /** The view's canonical JSON; pages one a line. */
  json(domain: string): string;
};

const projectionOf = (key: string): Projection => {
  const [kind, channel = ""] = key.split("/");
  switch (kind) {
    case "allchannels":
      return allChannels();
    case "allusers":
      return allUsers();
    case "channel":
      return channelView(channel);
    case "messages":
      return messagePages(channel);
    default:
      throw new Error(`no view ${key}`);
  }
};

export const openView = (key: string): View => {
  const projection = projectionOf(key);
  const checkpoint = new Map<string, number>();
  return {
    handles: projection.handles,
    apply(event) {
      if (!projection.hears(event.stream)) return;
      const heard = checkpoint.get(event.stream) ?? 0;
      if (event.version <= heard) return;
      if (event.version !== heard + 1)
        throw new Error(`${key} has heard ${event.stream} up to ${heard}, not ${event.version}`);
      checkpoint.set(event.stream, event.version);
      projection.project(event);
    },
    json(domain) {
      const versions = objectOf(sorted(checkpoint));
      const objects = Array.from(
        projection.data(),
        ([name, data]) => `{"data":${data},"checkpoint":${versions},"projection":"${name}","domain":"${domain}"}`,
      );
      return key.endsWith("/*") ? objects.map((object) => `${object}\n`).join("") : objects.join("");
    },
  };
};
