import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";

type Context = Pick<TestContext, "after">;

const opened = new Map<string, EventStore[]>();

/** An empty folder that lasts as long as the test; the stores in it are closed first. */
export function folderFor(context: Context): string {
  const folder = mkdtempSync(join(tmpdir(), "crowbar-store-"));
  opened.set(folder, []);
  context.after(async () => {
    for (const store of opened.get(folder) ?? []) await store.close();
    opened.delete(folder);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** The store in a folder. Whatever it reports fails the test, unless that is expected. */
export function openIn(folder: string, report: (error: Error) => void = unexpected): EventStore {
  const store = openEventStore(folder, { report });
  opened.get(folder)?.push(store);
  return store;
}

function unexpected(error: Error): never {
  throw error;
}
