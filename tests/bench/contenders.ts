import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Contender, type ContenderName, noDomain, type Open } from "./contender.ts";

/** The file of each contender's bundle, the module's first. */
export type Bundles = ReadonlyMap<ContenderName, string>;

/** Loads bundles into this process. The module comes first: its hash is the domain that the others write too. */
export const openContenders = async (bundles: Bundles): Promise<readonly Contender[]> => {
  const contenders: Contender[] = [];
  for (const file of bundles.values()) {
    if (!existsSync(file)) throw new Error(`${file} is not bundled`);
    const { open } = (await import(pathToFileURL(file).href)) as { open: Open };
    contenders.push(await open(contenders[0]?.domain ?? noDomain));
  }
  return contenders;
};
