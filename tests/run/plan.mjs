// Which steps a command line asks for.
import { parseArgs } from "node:util";

export const help = `npm test                        everything: system packages, npm ci, builds, every test
npm test -- --only NAME         one step and what it needs; may be given more than once
npm test -- --list              the steps and why they are there
npm test -- --help              this

Each step's whole output is in build/log/NAME.txt. The last line is the sum: N passed, N failed.
Exit code 0: every step passed. 1: one did not, or one that should have tests ran none. 2: the command line is wrong.`;

/** `{only, list, help}`, or throws with a sentence for the person. */
export function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string", multiple: true, default: [] },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  return values;
}

/** The steps named and all that they need, in the table's order. */
export function plan(steps, only) {
  if (only.length === 0) return steps;
  const wanted = new Set();
  const want = (name) => {
    const step = steps.find((each) => each.name === name);
    if (!step) throw new Error(`There is no step "${name}". The steps: ${steps.map((each) => each.name).join(", ")}`);
    wanted.add(name);
    for (const need of step.needs ?? []) want(need);
  };
  for (const name of only) want(name);
  return steps.filter((step) => wanted.has(step.name));
}
