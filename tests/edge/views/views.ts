// How the tests write and read views: as texts.
import assert from "node:assert/strict";
import type { ViewStore } from "../../../edge/views/view_store.ts";

/** The view that most tests here speak of. */
export const overview = "channel/general";
/** The condition that there is none yet. */
export const absent = { ifNoneMatch: "*" } as const;
export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes);

export async function keysOf(views: ViewStore): Promise<readonly string[]> {
  return Array.fromAsync(views.keys());
}

/** Writes a view that is not there yet; answers its tag. */
export async function put(views: ViewStore, key: string, text: string): Promise<string> {
  const result = await views.write(key, bytesOf(text), absent);
  assert.equal(result.kind, "written");
  return result.kind === "written" ? result.etag : "";
}

/** What a view holds, as text. */
export const read = async (views: ViewStore, key: string) => textOf((await views.read(key))?.bytes);
