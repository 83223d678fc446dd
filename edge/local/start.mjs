// `npm start`: sets up as `npm test` does, builds what is not built, and runs the chat with its whole pipeline on this
// machine: help.txt says what may stand behind it. The pipeline itself runs on the Node that this repository pins.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { root } from "../../tests/run/execute.mjs";
import { setUp } from "../../tests/run/set_up.mjs";
import { appIsBuilt, appStep, moduleStep } from "./building.mjs";

async function build() {
  await setUp([moduleStep]);
  const step = appStep();
  if (step === undefined) return;
  await setUp([step]);
  appIsBuilt();
}

function serve(args) {
  const main = join(root, "edge/local/main.ts");
  const child = spawn(join(root, "node_modules/.bin/node"), ["--disable-warning=ExperimentalWarning", main, ...args], {
    cwd: process.cwd(),
    stdio: "inherit",
  });
  // Ctrl-C reaches the whole group, so the child has it already; a signal to this process alone is passed on.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

const args = process.argv.slice(2);
const help = () => readFileSync(new URL("help.txt", import.meta.url), "utf8").trimEnd();
const strange = args.find((each) => !["--built", "--sample", "--help", "-h"].includes(each));
if (strange !== undefined) {
  console.error(`There is no option ${strange}.\n\n${help()}`);
  process.exitCode = 2;
} else if (args.includes("--help") || args.includes("-h")) {
  console.log(help());
} else {
  try {
    if (!args.includes("--built")) await build();
    serve(args.filter((each) => each !== "--built"));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
