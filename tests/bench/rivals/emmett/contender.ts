import {
  DeciderCommandHandler,
  getInMemoryEventStore,
  IllegalStateError,
  isExpectedVersionConflictError,
} from "@event-driven-io/emmett";
import type { Open, Store } from "../../contender.ts";
import { contendInFolding } from "../chat/contend.ts";
import type { Command, Context, Verdict } from "../chat/contract.ts";
import { encoded } from "../chat/encoded.ts";
import { assertNext, type OpenStream, refusedAtTheDoor } from "../chat/stream.ts";
import { accepted, refused } from "../chat/verdict.ts";
// Emmett checks no shapes itself: it is used with a validator, here zod.
import { validator } from "../zod/validator.ts";
import { type ChatEvent, commandOf, deciderOf } from "./decider.ts";
import { project } from "./projection.ts";

const sealed = (
  command: Command,
  context: Context,
  before: number,
  events: readonly ChatEvent[],
  domain: string,
): Verdict => accepted(command, context, before, events, events[0]?.metadata.claims, domain);

const openStream: OpenStream = (name, domain) => {
  const { initialState, decide, evolve } = deciderOf(name);
  let state = initialState();
  let version = 0;
  return {
    name,
    get version() {
      return version;
    },
    decide(command, context) {
      const early = refusedAtTheDoor(command, name, version);
      if (early !== undefined) return early;
      try {
        const events = decide(commandOf(command, context), state);
        return sealed(command, context, version, Array.isArray(events) ? events : [events], domain);
      } catch (error) {
        if (error instanceof IllegalStateError) return refused(error.message);
        throw error;
      }
    },
    evolve(event) {
      assertNext(event, name, version);
      const { type, data, at, actor } = event;
      state = evolve(state, { kind: "Event", type, data, metadata: { at, actor } } as ChatEvent);
      version = event.version;
    },
  };
};

const openStore = (domain: string): Store => {
  const store = getInMemoryEventStore();
  return {
    async handle(command, context) {
      const { expectedVersion, stream } = command;
      const options = expectedVersion === undefined ? {} : { expectedStreamVersion: BigInt(expectedVersion) };
      try {
        const handle = DeciderCommandHandler(deciderOf(stream));
        const { newEvents, nextExpectedStreamVersion } = await handle(
          store,
          stream,
          commandOf(command, context),
          options,
        );
        return sealed(command, context, Number(nextExpectedStreamVersion) - newEvents.length, newEvents, domain);
      } catch (error) {
        if (error instanceof IllegalStateError) return refused(error.message);
        if (isExpectedVersionConflictError(error)) return refused("version_conflict");
        throw error;
      }
    },
  };
};

export const open: Open = (domain) => ({
  ...contendInFolding("emmett", domain, validator, openStream),
  project: async (key, events) => encoded(await project(validator, domain, key, events)),
  openStore: () => openStore(domain),
});
