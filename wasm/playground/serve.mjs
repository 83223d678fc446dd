// `npm start`: sets up as `npm test` does, builds the module and serves the playground at http://127.0.0.1:8080.
// PORT chooses another port, 0 any that is free; --built takes the package as it lies in wasm/dist. Like the runner of
// tests it runs on the system's Node 20 before anything is installed, so it imports nothing but Node.
import { createServer } from "node:http";
import { relative } from "node:path";
import { dependenciesAreCurrent } from "../../tests/run/dependencies.mjs";
import { execute, root } from "../../tests/run/execute.mjs";
import { duration, showProgress } from "../../tests/run/progress.mjs";
import { systemPackages } from "../../tests/run/system.mjs";
import { answer } from "./files.mjs";

async function run(step, title) {
  const finish = showProgress(title);
  const { code, seconds, output, log } = await execute(step);
  const said = `${title} · ${duration(seconds)}`;
  finish(code === 0 ? `✓ ${said}` : `✗ ${said}`);
  if (code === 0) return;
  const tail = output.trimEnd().split("\n").slice(-40).join("\n    ");
  throw new Error(`    ${tail}\n    (all of it: ${relative(root, log)})`);
}

async function prepare() {
  const system = systemPackages();
  if (system?.advice) throw new Error(system.advice);
  if (system) await run({ name: "apt", command: system.command }, "system packages");
  if (!dependenciesAreCurrent(root)) await run({ name: "npm-ci", command: "npm ci", systemNode: true }, "npm ci");
  await run({ name: "playground", command: "npm run build" }, "module and package");
}

function listen(port) {
  const server = createServer(answer);
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const taken = error.code === "EADDRINUSE";
      const advice = `Port ${port} is taken by another program. Choose one: PORT=${port + 1} npm start`;
      reject(taken ? new Error(advice) : error);
    });
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function portFrom(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new Error(`PORT is "${text}"; it has to be a number from 0 to 65535.`);
}

try {
  const port = portFrom(process.env.PORT || "8080");
  if (!process.argv.includes("--built")) await prepare();
  const server = await listen(port);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
  console.log(`\nThe playground is at http://127.0.0.1:${server.address().port}   (Ctrl-C ends it)`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
