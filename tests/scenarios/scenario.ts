// What a file of scenarios holds; schema/scenario.schema.json says the same and is what files are judged by.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { faultsOf, type Schema } from "./schema.ts";

export interface Typed {
  readonly type: string;
  readonly data: object;
}
export interface Given extends Typed {
  readonly actor: string;
  readonly stream?: string;
  readonly schema?: number;
}
export type Expected =
  | { readonly events: readonly Typed[] }
  | { readonly unchanged: true }
  | { readonly rejected: string }
  | { readonly malformed: string; readonly pointer?: string };

export interface Scenario {
  readonly context: string;
  readonly name: string;
  readonly stream: string;
  readonly given: readonly Given[];
  readonly when: string | Typed;
  readonly by: {
    readonly actor: string;
    readonly at?: number;
    readonly facts?: { readonly claimed?: readonly string[] };
  };
  readonly then: Expected;
  /** The name of its file. */
  readonly file: string;
}

const schema = JSON.parse(readFileSync(new URL("schema/scenario.schema.json", import.meta.url), "utf8")) as Schema;

/** The scenarios of the files. Throws, naming the place, where one is no list of scenarios or a name comes twice. */
export function readScenarios(files: readonly string[]): readonly Scenario[] {
  const seen = new Map<string, string>();
  return files.flatMap((path) => {
    const file = basename(path);
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    const faults = faultsOf(content, schema);
    if (faults.length > 0) throw new Error(`${path} is no file of scenarios:\n${faults.join("\n")}`);
    return (content as Omit<Scenario, "file">[]).map((each) => {
      const before = seen.get(each.name);
      if (before !== undefined) throw new Error(`"${each.name}" stands in ${file} and in ${before}.`);
      seen.set(each.name, file);
      return { ...each, file };
    });
  });
}
