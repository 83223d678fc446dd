// What `npm test` does, in order. A step runs in bash at the repository's root with node_modules/.bin first on PATH.
//   name     also the name of its log, build/log/<name>.txt
//   needs    steps that must have passed; `--only` runs them too
//   tests    true: a run that counts no test is red, so that an empty glob never looks green
//   minutes  a limit after which the step is ended and red (30 where nothing is said)

const fuzzSeconds = process.env.CI ? 60 : 5;

export const steps = [
  {
    name: "style",
    command: "npm run style",
    why: "Biome and clang-format decide layout; `npm run format` applies it",
  },
  {
    name: "ban-list",
    command: "npm run ban-list",
    why: "what differs between compilers and platforms stays out of domain/",
  },
  {
    name: "build",
    command: "cmake --preset dev && cmake --build --preset dev",
    why: "the core, natively, with g++",
  },
  {
    name: "specifications",
    command: "ctest --preset dev",
    needs: ["build"],
    tests: true,
    why: "the rules, said in C++",
  },
  {
    name: "generated",
    command: "npm run generate -- --check",
    needs: ["build"],
    why: "wasm/generated/ is what describe() says today",
  },
  {
    name: "build-asan",
    command: "cmake --preset asan && cmake --build --preset asan",
    why: "the same with clang++, the sanitizers and the fuzz targets",
  },
  {
    name: "specifications-asan",
    command: "ctest --preset asan",
    needs: ["build-asan"],
    tests: true,
    why: "no undefined behaviour, no stray memory",
  },
  {
    name: "module",
    command: "npm run build",
    why: "the WebAssembly module and the package around it",
  },
  {
    name: "client",
    // Built first: an app that stands on it is checked against its types as they are published.
    command:
      "npm run build -w @crowbar/client && tsc --noEmit -p tests/client && node --disable-warning=ExperimentalWarning --test --test-concurrency=1 'tests/client/**/*.test.ts'",
    needs: ["module"],
    tests: true,
    why: "outbox, sync and hooks: decided at once, kept, decided again, against the real server",
  },
  {
    name: "web",
    command:
      "tsc --noEmit -p web/app && npm run build -w @crowbar/app && node --disable-warning=ExperimentalWarning --test 'tests/web/**/*.test.ts'",
    needs: ["module"],
    tests: true,
    why: "the whole chat in Chromium, against the real server as a process; pictures of every screen are in build/web/",
  },
  {
    name: "reproducible",
    command: "npm run reproducible",
    needs: ["module"],
    why: "two clean builds in two folders give the same module",
  },
  {
    name: "node",
    command: "node --test 'tests/run/*.test.mjs' 'tests/node/**/*.test.{mjs,ts}'",
    needs: ["module"],
    tests: true,
    why: "the package's surface in Node, and this runner itself",
  },
  {
    name: "edge",
    command: "tsc --noEmit -p edge && node --disable-warning=ExperimentalWarning --test 'tests/edge/**/*.test.ts'",
    needs: ["module"],
    tests: true,
    why: "the pipeline: ports, commands, relay, views, sign-in, the stack as a process",
  },
  {
    name: "simulation",
    command: "npm run simulation -- 20",
    needs: ["module"],
    tests: true,
    why: "real processes, killed between any two steps (`npm run simulation` takes 2,000)",
  },
  {
    name: "scenarios",
    command: "npm run scenarios",
    needs: ["build", "module"],
    tests: true,
    why: "one file of rules, natively, in Node and in Chromium",
  },
  {
    name: "parity",
    command: "npm run parity -- 20000",
    needs: ["build", "build-asan", "module"],
    tests: true,
    why: "the same bytes in, the same bytes out, everywhere (`npm run parity` takes 200,000)",
  },
  {
    name: "fuzz",
    command: `npm run fuzz -- ${fuzzSeconds}`,
    needs: ["build-asan"],
    tests: true,
    why: "hostile bytes: reader, decide, fold, restore",
  },
  {
    name: "package",
    command: "node --test 'tests/package/**/*.test.{mjs,ts}'",
    needs: ["module"],
    tests: true,
    why: "the packed tarball in fresh projects: Node, workerd, Vite, vitest, webpack, esbuild",
  },
  {
    name: "browser",
    command: "node --test 'tests/browser/**/*.test.{mjs,ts}'",
    needs: ["module"],
    tests: true,
    why: "Chromium, with a strict Content-Security-Policy",
  },
];
