// npm run fuzz -- SECONDS [TARGET]: runs the libFuzzer targets of build/asan, each for so many seconds, two at a time.
// Starts from the kept corpus, which it does not change; what is new goes to build/fuzz. On a find: exit code 1, the
// input that leads to it, and how to run it again.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const targets = ["reader", "decide", "fold", "restore"];
const shown = (path) => relative(root, path);

const help = `npm run fuzz -- SECONDS [TARGET]
  SECONDS  how long each target runs (60)
  TARGET   ${targets.join(", ")}; all where none is named
Build first: cmake --preset asan && cmake --build --preset asan`;

/** `{seconds, chosen}`, or throws with a sentence for the person. */
function readArguments([seconds = "60", target, ...more]) {
  if (!/^[1-9][0-9]{0,5}$/.test(seconds)) throw new Error(`SECONDS is a whole number from 1 on, not "${seconds}".`);
  if (target !== undefined && !targets.includes(target)) throw new Error(`There is no target "${target}".`);
  if (more.length > 0) throw new Error(`One target at most; "${more.join(" ")}" is too much.`);
  return { seconds: Number(seconds), chosen: target ? [target] : targets };
}

function program(target) {
  const places = [`build/asan/tests/fuzz/fuzz-${target}`, `build/asan/fuzz-${target}`].map((path) => join(root, path));
  const found = places.find((path) => existsSync(path));
  if (!found) throw new Error(`${shown(places[0])} is not built.\n\n${help}`);
  return found;
}

/** The last `#runs … cov: n` line of libFuzzer's log, in few words. */
function progressIn(log) {
  const line =
    log
      .trimEnd()
      .split("\n")
      .findLast((each) => /^#\d+\t/.test(each)) ?? "";
  const [, runs = "0", coverage = "?"] = /^#(\d+)\t.*cov: (\d+)/.exec(line) ?? [];
  return `${Number(runs).toLocaleString("en")} runs, ${coverage} places reached`;
}

/** Runs one target; answers whether it found nothing. */
async function fuzz(target, seconds) {
  const folder = join(root, "build/fuzz", target);
  const corpus = join(folder, "corpus");
  const finds = join(folder, "finds");
  rmSync(finds, { recursive: true, force: true });
  for (const each of [corpus, finds]) mkdirSync(each, { recursive: true });
  const kept = join(here, "corpus", target);
  const command = [
    program(target),
    `-max_total_time=${seconds}`,
    `-dict=${join(here, "json.dict")}`,
    `-artifact_prefix=${finds}/`,
    "-timeout=10",
    "-rss_limit_mb=2048",
    "-max_len=4096",
    "-print_final_stats=1",
    corpus,
    ...(existsSync(kept) ? [kept] : []),
  ];
  const start = performance.now();
  const child = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
  const elapsed = () => `${Math.round((performance.now() - start) / 1000)} of ${seconds} s`;
  const every = setInterval(() => console.log(`  ${target}: ${elapsed()}, ${progressIn(log)}`), 10_000);
  const code = await new Promise((done) => {
    child.once("error", () => done(-1));
    child.once("close", done);
  });
  clearInterval(every);
  writeFileSync(join(folder, "log.txt"), log);
  if (code === 0) {
    console.log(`✓ ${target}: ${progressIn(log)}`);
    return true;
  }
  const said = /^(does not hold: .*|==\d+==\s*ERROR: .*|.*runtime error: .*)$/m.exec(log)?.[0];
  console.log(`✗ ${target}: ${said ?? `exit code ${code}`}`);
  for (const find of readdirSync(finds).map((name) => join(finds, name))) {
    const bytes = readFileSync(find);
    console.log(
      `    input: ${shown(find)} (${bytes.length} bytes) ${JSON.stringify(bytes.toString("latin1").slice(0, 300))}`,
    );
    console.log(`    again: ${shown(command[0])} ${shown(find)}`);
  }
  console.log(`    all of it: ${shown(join(folder, "log.txt"))}`);
  return false;
}

async function main() {
  const { seconds, chosen } = readArguments(process.argv.slice(2));
  for (const target of chosen) program(target);
  const waiting = [...chosen];
  const results = [];
  const worker = async () => {
    for (let target = waiting.shift(); target; target = waiting.shift()) results.push(await fuzz(target, seconds));
  };
  await Promise.all([worker(), worker()]);
  const failed = results.filter((passed) => !passed).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(`${error.message}`);
  process.exitCode = 2;
}
