// `npm run playground`: sets up as `npm test` does, builds the module and serves the playground at http://127.0.0.1:8080.
// PORT chooses another port, 0 any that is free; --built takes the package as it lies in wasm/dist. Like the runner of
// tests it runs on the system's Node 20 before anything is installed, so it imports nothing but Node.
import { createServer } from "node:http";
import { setUp } from "../../tests/run/set_up.mjs";
import { answer } from "./files.mjs";

function listen(port) {
  const server = createServer(answer);
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const taken = error.code === "EADDRINUSE";
      const advice = `Port ${port} is taken by another program. Choose one: PORT=${port + 1} npm run playground`;
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
  if (!process.argv.includes("--built")) {
    await setUp([{ name: "playground", command: "npm run build", title: "module and package" }]);
  }
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
