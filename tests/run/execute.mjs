// Runs one command in bash, its whole output in build/log/<name>.txt.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const logs = join(root, "build/log");

// node_modules/.bin first: it holds Node 24, whatever the system has (but `npm ci`, which deletes it, has the system's).
// No colours: the output is read by a program.
function environment(systemNode) {
  const path = process.env.PATH.split(delimiter).filter((each) => !each.endsWith("node_modules/.bin"));
  if (!systemNode) path.unshift(join(root, "node_modules/.bin"));
  return {
    ...process.env,
    PATH: path.join(delimiter),
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    NODE_TEST_CONTEXT: undefined, // set when this runs inside a node:test; a nested `node --test` would go quiet
  };
}

/** Answers `{code, signal, timedOut, minutes, seconds, output, log}`; never throws because of what the command did. */
export function execute({ name, command, minutes = 30, systemNode = false }) {
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${name}.txt`);
  const file = openSync(log, "w");
  const start = performance.now();
  // A group of its own, so that a limit or Ctrl-C ends what the command has started, too.
  const child = spawn("bash", ["-euo", "pipefail", "-c", command], {
    cwd: root,
    env: environment(systemNode),
    stdio: ["ignore", file, file],
    detached: true,
  });
  const end = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // it has ended by itself
    }
  };
  const interrupted = (signal) => {
    end("SIGKILL");
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupted);
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    end("SIGKILL");
  }, minutes * 60_000);

  return new Promise((done) => {
    const finish = (code, signal) => {
      clearTimeout(limit);
      for (const each of ["SIGINT", "SIGTERM"]) process.removeListener(each, interrupted);
      closeSync(file);
      const seconds = (performance.now() - start) / 1000;
      done({ code, signal, timedOut, minutes, seconds, log, output: readFileSync(log, "utf8") });
    };
    child.once("error", (error) => finish(error.code ?? 1, undefined));
    child.once("close", finish);
  });
}
