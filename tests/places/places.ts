// The places by name, with what the builds left for them.
import { fileURLToPath } from "node:url";
import { openChromium } from "./chromium.ts";
import { openNative } from "./native.ts";
import { openNode } from "./node.ts";
import type { Place } from "./place.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export const placeNames = ["native", "node", "chromium"] as const;
export type PlaceName = (typeof placeNames)[number];

/** Opens a place with the rules of a context. `build` is the folder of the builds, where it is another than usual. */
export async function openPlace(name: PlaceName, context: string, build = `${root}/build`): Promise<Place> {
  switch (name) {
    case "native":
      return openNative(name, `${build}/dev/crowbar-core`, ["--context", context]);
    case "node":
      return openNode(name, `${build}/wasm`, context);
    case "chromium":
      return openChromium(name, `${build}/wasm`, context);
  }
}
