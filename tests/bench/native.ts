// The native build of the same core, as the program crowbar-core. Without the program its column is empty.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Subject } from "./measure.ts";

export type Native = {
  readonly isThere: boolean;
  /** The program's part in a case, put after the module's; it takes the time itself. Nothing where there is no program. */
  beside(subjects: readonly Subject[], work: Work): Promise<readonly Subject[]>;
  /** What the program answers to its standard input, or undefined where there is none. */
  answer(args: readonly string[], input: string | Uint8Array): string | undefined;
};

export type Work = {
  /** One of the cases of `crowbar-core --bench`. */
  readonly name: string;
  readonly options?: readonly string[];
  /** Events to fold first. */
  readonly given?: Uint8Array;
  readonly input: Uint8Array;
  /** How often a round of the other contenders does what the program answers the nanoseconds of. */
  readonly times: number;
};

const program = fileURLToPath(new URL("../../build/dev/crowbar-core", import.meta.url));
const folder = fileURLToPath(new URL("dist/", import.meta.url));

const fileOf = async (name: string, bytes: Uint8Array): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const path = `${folder}native-${name}.ndjson`;
  await writeFile(path, bytes);
  return path;
};

const run = (args: readonly string[], input?: string | Uint8Array): string => {
  const { stdout, stderr, signal, status } = spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 2 ** 29 });
  // 1 says that some of the input was malformed, which is what the input is made to be.
  if (status !== 0 && status !== 1) throw new Error(`crowbar-core ${args.join(" ")}: ${stderr || signal}`);
  return stdout;
};

// Few, because they are repeated in every round: the first warms the caches of a new process.
const roundsOfProgram = "5";

const subjectOf = async ({ name, options = [], given, input, times }: Work): Promise<Subject> => {
  const folded = given === undefined ? [] : ["--given", await fileOf("given", given)];
  const files = [...folded, await fileOf("input", input)];
  return {
    name: "native",
    hasOwnClock: true,
    run() {
      const line = run(["--bench", name, "--rounds", roundsOfProgram, ...options, ...files]);
      if (line === "") throw new Error(`crowbar-core could not do the case ${name}`);
      return ((JSON.parse(line) as { readonly ns: number }).ns * times) / 1e6;
    },
  };
};

export const openNative = (say: (line: string) => void): Native => {
  const isThere = existsSync(program);
  if (!isThere) say("native: left out, build/dev/crowbar-core is not built");
  return {
    isThere,
    async beside(subjects, work) {
      if (!isThere) return subjects;
      const afterModule = subjects[0]?.name === "module" ? 1 : 0;
      return subjects.toSpliced(afterModule, 0, await subjectOf(work));
    },
    answer: (args, input) => (isThere ? run(args, input) : undefined),
  };
};
