import type { Domain } from "../domain.ts";
import type { ViewStore } from "../views/view_store.ts";
import { OpenView, ViewUnreadable } from "./open_view.ts";

/** What is stored under a key. */
export type Read =
  | { readonly kind: "view"; readonly bytes: Uint8Array; readonly heard: (stream: string) => number }
  | { readonly kind: "none" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Reads a view for its checkpoint. Throws ViewsUnavailable, CoreUnavailable. */
export async function readView(domain: Domain, views: ViewStore, key: string): Promise<Read> {
  const stored = await views.read(key);
  if (stored === undefined) return { kind: "none" };
  try {
    const view = OpenView.of(domain, key, stored);
    view.close();
    return { kind: "view", bytes: stored.bytes, heard: (stream) => view.heard(stream) };
  } catch (error) {
    if (error instanceof ViewUnreadable) return { kind: "unreadable", reason: error.message };
    throw error;
  }
}
