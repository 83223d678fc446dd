// The places by name, with what the builds left for them.
import { fileURLToPath } from "node:url";
import { openChromium } from "./chromium.ts";
import { openNative } from "./native.ts";
import { openNode } from "./node.ts";
import type { Place } from "./place.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export const placeNames = ["native", "node", "chromium"] as const;
export type PlaceName = (typeof placeNames)[number];

/** Opens a place with the rules of a context. */
export async function openPlace(name: PlaceName, context: string, builds: string): Promise<Place> {
  switch (name) {
    case "native":
      return openNative(name, `${builds}/dev/crowbar-core`, ["--context", context]);
    case "node":
      return openNode(name, `${builds}/wasm`, context);
    case "chromium":
      return openChromium(name, `${builds}/wasm`, context);
  }
}
