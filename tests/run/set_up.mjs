// What comes before anything can run: the system's packages, npm's, and the steps that a program needs. It runs on the
// system's Node 20 before anything is installed, so it imports nothing but Node.
import { relative } from "node:path";
import { dependenciesAreCurrent } from "./dependencies.mjs";
import { execute, root } from "./execute.mjs";
import { duration, showProgress } from "./progress.mjs";
import { systemPackages } from "./system.mjs";

/** Does all of it, and the steps (`{name, command, title}`), showing how far it is. Throws where one fails, with its last lines. */
export async function setUp(steps) {
  const system = systemPackages();
  if (system?.advice) throw new Error(system.advice);
  if (system) await run({ name: "apt", command: system.command, title: "system packages" });
  if (!dependenciesAreCurrent(root)) {
    await run({ name: "npm-ci", command: "npm ci", systemNode: true, title: "npm ci" });
  }
  for (const step of steps) await run(step);
}

async function run(step) {
  const finish = showProgress(step.title);
  const { code, seconds, output, log } = await execute(step);
  const said = `${step.title} · ${duration(seconds)}`;
  finish(code === 0 ? `✓ ${said}` : `✗ ${said}`);
  if (code === 0) return;
  const tail = output.trimEnd().split("\n").slice(-40).join("\n    ");
  throw new Error(`    ${tail}\n    (all of it: ${relative(root, log)})`);
}
