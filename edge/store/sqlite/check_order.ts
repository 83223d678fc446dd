import { StoreDamaged } from "../event_store.ts";
import { commandName } from "./commands.ts";
import { positionName } from "./commits.ts";
import { streamSize } from "./schema.ts";
import { streamName } from "./streams.ts";
import type { Tables } from "./tables.ts";
import { type Check, damageOf, ifSound, walk } from "./walk.ts";

/** How far each stream has come, by its number, on a walk through what moved it. */
type Versions = Map<number, number>;

/** The order of commits has every event once, those of a stream one after the other. */
export function* checkCommits({ commits, streams }: Tables): Check {
  const versions: Versions = new Map();
  yield* walk(
    () => commits.numbers.last,
    (after) => commits.numbers.after(after),
    function* (position) {
      const place = yield* damageOf(() => commits.place(position));
      if (place === undefined) return false;
      const stream = Math.floor(place / streamSize);
      const version = place % streamSize;
      const before = versions.get(stream) ?? 0;
      if (version !== before + 1) {
        const what = positionName(position);
        yield new StoreDamaged(what, `${what} is event ${version} of stream number ${stream}; before it is ${before}.`);
      }
      versions.set(stream, version);
      return true;
    },
  );
  yield* compare(versions, streams, "the order of commits");
}

/** Every command was decided where those before it had left its stream, and its id finds it. */
export function* checkCommands({ commands, streams }: Tables): Check {
  const versions: Versions = new Map();
  yield* walk(
    () => commands.numbers.last,
    (after) => commands.numbers.after(after),
    function* (number) {
      const command = yield* damageOf(() => commands.numbered(number));
      if (command === undefined) return false;
      const { id, decidedAt } = command.decided;
      const what = commandName(id);
      const found = yield* damageOf(() => commands.find(id) !== undefined);
      if (found === false) yield new StoreDamaged(what, `${what} is not found by its id.`);
      const before = versions.get(command.stream) ?? 0;
      if (decidedAt !== before) {
        yield new StoreDamaged(what, `${what} was decided at ${decidedAt}; the command before it left ${before}.`);
      }
      versions.set(command.stream, decidedAt + command.events);
      return true;
    },
  );
  yield* compare(versions, streams, "its commands");
}

/** In one go: no stream moves meanwhile. */
function* compare(versions: Versions, streams: Tables["streams"], source: string): Check {
  yield* [
    ...walk(
      () => streams.numbers.last,
      (after) => streams.numbers.after(after),
      function* (number) {
        const head = ifSound(() => streams.numbered(number)); // what is not was told before
        const version = versions.get(number) ?? 0;
        if (head !== undefined && head.version !== version) {
          const what = streamName(head.name);
          yield new StoreDamaged(what, `${what} is at ${head.version}; by ${source} it is at ${version}.`);
        }
        return head !== undefined;
      },
    ),
  ];
}
