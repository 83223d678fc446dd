// `npm test`: runs on the system's Node 20 before anything is installed, so it imports nothing but Node.
import { relative } from "node:path";
import { add, judge, line } from "./counts.mjs";
import { dependenciesAreCurrent } from "./dependencies.mjs";
import { execute, root } from "./execute.mjs";
import { help, plan, readArguments } from "./plan.mjs";
import { duration, showProgress } from "./progress.mjs";
import { steps } from "./steps.mjs";
import { systemPackages } from "./system.mjs";

const tailLines = 60;

/** Runs one step and shows it; a red one with the end of its output. */
async function run(step, title) {
  const finish = showProgress(title);
  const result = await execute(step);
  const verdict = judge(step, result, result.output);
  const { passed, failed } = verdict.counts;
  const said = [title, ...(passed + failed > 0 ? [line(verdict.counts)] : []), duration(result.seconds)].join(" · ");
  finish(verdict.passed ? `✓ ${said}` : `✗ ${said} · ${verdict.reason}`);
  if (!verdict.passed) {
    const tail = result.output.trimEnd().split("\n").slice(-tailLines);
    console.log(`${tail.map((each) => `    ${each}`).join("\n")}\n    (all of it: ${relative(root, result.log)})`);
  }
  return verdict;
}

/** System packages and node_modules; answers whether the steps can run. */
async function prepare() {
  const system = systemPackages();
  if (system?.advice) {
    console.error(system.advice);
    return false;
  }
  if (system && !(await run({ name: "apt", command: system.command }, "system packages")).passed) return false;
  if (dependenciesAreCurrent(root)) return true;
  if (!(await run({ name: "npm-ci", command: "npm ci", systemNode: true }, "npm ci")).passed) return false;
  if (dependenciesAreCurrent(root)) return true;
  console.error("npm ci passed, but node_modules does not hold what package-lock.json says, or its Node does not run.");
  return false;
}

/** Runs the steps; one whose need is red is not run, and red as well. Answers the sum of all tests and what was red. */
async function runAll(chosen) {
  let sum = { passed: 0, failed: 0, skipped: 0 };
  const red = new Set();
  for (const [index, step] of chosen.entries()) {
    const title = `[${String(index + 1).padStart(2)}/${chosen.length}] ${step.name}`;
    const need = step.needs?.find((name) => red.has(name));
    if (need) {
      console.log(`- ${title} · not run, it needs ${need}`);
      red.add(step.name);
      continue;
    }
    const verdict = await run(step, title);
    sum = add(sum, verdict.counts);
    if (!verdict.passed) red.add(step.name);
  }
  return { sum, red };
}

function choose(args) {
  try {
    const options = readArguments(args);
    return { ...options, chosen: plan(steps, options.only) };
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
}

async function main() {
  const options = choose(process.argv.slice(2));
  if (options.help) return console.log(help);
  if (options.list) return console.log(steps.map(({ name, why }) => `${name.padEnd(20)} ${why}`).join("\n"));
  process.exitCode = 1;
  if (Number.parseInt(process.versions.node, 10) < 20)
    return console.error(`Node 20 is needed, this is ${process.version}`);
  if (!(await prepare())) return;
  const start = performance.now();
  const { sum, red } = await runAll(options.chosen);
  console.log(`\n${options.chosen.length} steps in ${duration((performance.now() - start) / 1000)}`);
  if (red.size > 0) console.log(`red: ${[...red].join(", ")}`);
  console.log(line(sum));
  if (red.size === 0) process.exitCode = 0;
}

await main();
