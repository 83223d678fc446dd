// `npm start`: sets up as `npm test` does, builds the module, and runs the whole pipeline on this machine. --built takes
// the package as it lies in wasm/dist. The pipeline itself runs on the Node that this repository pins.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { root } from "../../tests/run/execute.mjs";
import { setUp } from "../../tests/run/set_up.mjs";

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
try {
  if (!args.includes("--built")) {
    await setUp([{ name: "module", command: "npm run build", title: "module and package" }]);
  }
  serve(args.filter((each) => each !== "--built"));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
