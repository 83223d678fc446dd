import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Case } from "../case.ts";
import { median, type Row } from "../row.ts";

interface Rebuilt {
  readonly events: number;
  readonly ms: number;
  readonly moduleMs: number;
  readonly views: number;
}

const root = resolve(import.meta.dirname, "../../../..");
const whole = resolve(root, "../shared/data/ubuntu-irc");
const slice = resolve(root, "tests/parity/slice");
const run = promisify(execFile);
const quiet = ["--disable-warning=ExperimentalWarning"];

/** A real log through the same commands as everybody's, and all of its views made anew. */
export const importing: Case = {
  name: "import and rebuild",
  async run({ rounds, say }) {
    const folder = mkdtempSync(join(tmpdir(), "crowbar-bench-import-"));
    try {
      const log = existsSync(whole) ? whole : slice;
      const data = join(folder, "data");
      const began = performance.now();
      const args = ["import", "irc", log, "--channel", "ubuntu", "--data", data, "--json"];
      const { stdout } = await run(process.execPath, [...quiet, join(root, "edge/cli/bin.mjs"), ...args], {
        maxBuffer: 1 << 28,
      });
      const seconds = (performance.now() - began) / 1_000;
      const lines = linesIn(stdout);
      say(`import: ${lines} lines in ${seconds.toFixed(1)} s`);
      const script = join(import.meta.dirname, "../servers/rebuilding.ts");
      const rebuilding = await run(process.execPath, [...quiet, script, data, String(rounds)]);
      const rebuilt = rebuilding.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Rebuilt);
      return [
        {
          case: `import of ${lines} lines of IRC, into the views`,
          unit: "s",
          medians: { crowbar: seconds },
          aim: "≤ 60",
        },
        ...rebuildRows(rebuilt, say),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function rebuildRows(rebuilt: readonly Rebuilt[], say: (line: string) => void): readonly Row[] {
  const rate = median(rebuilt.map(({ events, ms }) => (events / ms) * 1_000));
  const share = median(rebuilt.map(({ ms, moduleMs }) => (moduleMs / ms) * 100));
  const [first] = rebuilt;
  say(
    `rebuild: ${first?.events} events, ${first?.views} views, ${Math.round(rate)} events/s, ${share.toFixed(0)} % inside`,
  );
  return [
    { case: "rebuild of all views, events", unit: "1/s", medians: { crowbar: rate }, aim: "≥ 500,000" },
    { case: "rebuild of all views, inside the module", unit: "%", medians: { crowbar: share } },
  ];
}

/** The import's last line is its summary. */
function linesIn(stdout: string): number {
  const summary = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as { readonly lines?: number };
  return summary.lines ?? Number.NaN;
}
