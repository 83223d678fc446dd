#!/usr/bin/env node
// Starts the program with Node 24: the one that runs this, or the one that the repository pins. Everything here runs on
// older versions, too.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const beside = (path) => new URL(path, import.meta.url);
// In the repository from source; the published package has it built.
const main = [beside("main.ts"), beside("../dist/cli/main.js")].find(existsSync);
const pinned = fileURLToPath(beside("../../node_modules/.bin/node"));
const isNew = Number(process.versions.node.split(".")[0]) >= 24;

function refuse(message) {
  process.stderr.write(`crowbar: ${message}\n`);
  process.exit(2);
}

if (main === undefined) refuse("The package is not built. Run: npm run build");
else if (isNew) {
  // node:sqlite says each time that it is experimental; other warnings are shown.
  const [show] = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") show?.(warning);
  });
  const program = await import(main.href).catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !/package/i.test(error.message)) throw error;
    refuse(`${error.message.split("\n")[0]}. In a fresh clone, run: npm ci`);
  });
  await program.start();
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  // A terminal sends Ctrl-C to both; what is sent to this process alone is handed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (!(signal === "SIGINT" && process.stdin.isTTY)) child.kill(signal);
    });
  }
  child.on("error", (error) => refuse(`Node 24 cannot be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
} else if (existsSync(beside("main.ts"))) {
  refuse(`This needs Node 24; Node ${process.versions.node} runs it. In a fresh clone, run: npm ci`);
} else {
  refuse(`This needs Node 24 or later; Node ${process.versions.node} runs it.`);
}
