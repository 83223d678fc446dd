import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { CollectedLog } from "../../../edge/observe/collected_log.ts";
import { levelOf } from "../../../edge/observe/log.ts";
import { pinoLog } from "../../../edge/observe/pino_log.ts";
import { terminalLog } from "../../../edge/observe/terminal_log.ts";
import { toldError } from "../../../edge/observe/told_error.ts";
import { line, logContract } from "./log_contract.ts";
import { noon, requestId } from "./observing.ts";

const clock = new FixedClock(noon);
const folder = mkdtempSync(join(tmpdir(), "crowbar-log-"));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

/** Keeps the text that was written. */
class Kept extends Writable {
  text = "";
  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.text += part.toString("utf8");
    done();
  }
}

const processOf = (name: string) => fileURLToPath(new URL(`${name}_process.ts`, import.meta.url));
const linesOf = (text: string) => text.split("\n").filter((each) => each !== "");

logContract("a log in memory", (level) => {
  const log = new CollectedLog(level);
  return { log, lines: () => log.lines.map(({ line }) => JSON.stringify(line)) };
});
logContract("a log of JSON in a file", (level) => {
  files += 1;
  const to = join(folder, `${files}.ndjson`);
  return { log: pinoLog({ clock, level, to }), lines: () => linesOf(readFileSync(to, "utf8")) };
});
logContract("a log of JSON in a stream", (level) => {
  const to = new Kept();
  return { log: pinoLog({ clock, level, to }), lines: () => linesOf(to.text) };
});
logContract("a log for a person", (level) => {
  const to = new Kept();
  return { log: terminalLog({ clock, level, to }), lines: () => linesOf(to.text) };
});

test("a line of JSON has its level, its moment and its own members", async () => {
  const to = new Kept();
  const log = pinoLog({ clock, level: "info", to });
  log.write("warn", line);
  assert.deepEqual(JSON.parse(to.text), { level: "warn", at: noon, ...line });
});

test("a person reads moment, address, outcome and time, and where a defect is", () => {
  const to = new Kept();
  const log = terminalLog({ clock, level: "info", to });
  log.write("info", { ...line, status: 200, actor: "ada", stream: "channel-general" });
  const cause = Object.assign(new Error("x"), { code: "EIO" });
  log.write("error", { event: "defect", requestId, error: toldError(new TypeError("secret", { cause })) });
  const plain = stripVTControlCharacters(to.text);
  assert.match(plain, /^12:00:00 GET \/positions 200 1.5 ms stopping ada channel-general\n/);
  assert.match(plain, new RegExp(`12:00:00 defect ${requestId}\n  TypeError\n    at .*logs\\.test\\.ts`));
  assert.match(plain, /because of\n {2}Error EIO/);
  assert.doesNotMatch(plain, /secret/);
});

test("the level comes from LOG_LEVEL; what is none is told with those that there are", () => {
  assert.equal(levelOf(undefined), "info");
  assert.equal(levelOf(""), "info");
  assert.equal(levelOf("silent"), "silent");
  assert.throws(() => levelOf("loud"), {
    message: 'LOG_LEVEL is "loud"; it has to be debug, info, warn, error or silent.',
  });
});

test("lines that cannot be written are lost with a word to whoever runs it, and nothing else", async () => {
  const lost: string[] = [];
  const onLost = ({ message }: Error) => lost.push(message);
  const log = pinoLog({ clock, level: "info", to: "/dev/full", onLost });
  for (let i = 0; i < 1000; i += 1) log.write("info", line);
  await log.close();
  assert.deepEqual(lost, ["ENOSPC: no space left on device, write"]);
});

test("lines for which nobody has time wait up to a bound; those beyond are lost, and the others come whole", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [processOf("stalled")], { maxBuffer: 64e6 });
  const [told, ...lines] = linesOf(stdout).reverse();
  assert.equal(told, "More than 16777216 characters wait to be written.");
  assert.ok(lines.length > 50_000 && lines.length < 120_000, String(lines.length));
  for (const each of lines) assert.equal(JSON.parse(each).requestId, requestId);
});

for (const how of ["closed", "ended"]) {
  test(`what was written before a process has ${how} is there, also on standard output`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [processOf("ending"), how]);
    assert.equal(linesOf(stdout).length, 50);
  });
}
