import { median } from "./measure.ts";

/** Medians of what a fresh process of each file answers, in interleaved rounds. */
export const interleaveProcesses = (
  files: ReadonlyMap<string, string>,
  rounds: number,
  run: (file: string, name: string) => number,
): Map<string, number> => {
  const answers = new Map([...files.keys()].map((name) => [name, [] as number[]]));
  // The first round brings the files into the system's cache.
  for (let round = -1; round < rounds; round += 1)
    for (const [name, file] of files) {
      const answer = run(file, name);
      if (round >= 0) answers.get(name)?.push(answer);
    }
  return new Map([...answers].map(([name, values]) => [name, median(values)]));
};
