// What every event store does, whatever it keeps its log in.
import { describe, type TestContext } from "node:test";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { appending } from "./contract/appending.ts";
import { beside } from "./contract/beside.ts";
import { claiming } from "./contract/claiming.ts";
import { closing } from "./contract/closing.ts";
import { hostile } from "./contract/hostile.ts";
import { reading } from "./contract/reading.ts";

/** Opens an empty store that lasts as long as the test. */
export type OpenStore = (context: TestContext) => EventStore;

export function eventStoreContract(name: string, open: OpenStore): void {
  describe(`event store ${name}`, () => {
    for (const part of [appending, claiming, reading, beside, hostile, closing]) part(open);
  });
}
