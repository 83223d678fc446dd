// The module in this very process.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Factory, openModule } from "./module.ts";
import type { Place } from "./place.ts";

/** Loads `<folder>/<context>.mjs` and `.wasm`. */
export async function openNode(name: string, folder: string, context: string, domain?: string): Promise<Place> {
  const glue = (await import(pathToFileURL(`${folder}/${context}.mjs`).href)) as { readonly default: Factory };
  const session = await openModule(glue.default, readFileSync(`${folder}/${context}.wasm`), domain);
  return { name, run: async (requests) => session.run(requests), close: async () => {} };
}
