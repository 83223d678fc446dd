// kill -9 of a process that writes views: each is wholly an old one or a new one, and none that was acknowledged is lost.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { FileViews } from "../../../edge/views/file_views.ts";
import { keysWritten, numberOf } from "./written_views.ts";

/** How often the process is killed: more for a campaign. */
const crashes = Number(process.env.CROWBAR_CRASHES ?? 4);
const program = join(import.meta.dirname, "writing_process.ts");

interface Said {
  readonly key?: string;
  /** This is about to be written, in that generation where it is not the current one. */
  readonly begun?: number;
  readonly generation?: string;
  /** This was acknowledged. */
  readonly written?: number;
  /** This generation is the current one. */
  readonly switched?: string;
}

/** Runs the process until it has said so many lines, kills it, and answers all that it said. */
async function killed(args: readonly string[], lines: number): Promise<readonly Said[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const said: Said[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line may be cut off.
    if (line.endsWith("}")) said.push(JSON.parse(line));
    if (said.length === lines) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  assert.equal(child.signalCode, "SIGKILL");
  return said;
}

async function filesIn(root: string): Promise<readonly string[]> {
  return (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

for (const mode of ["writing", "switching"]) {
  test(`a process that is killed while it is ${mode} leaves whole views, and all that it has acknowledged`, async (t) => {
    const root = await mkdtemp(join(tmpdir(), "crowbar-view-crash-"));
    t.after(() => rm(root, { recursive: true }));
    const said: Said[] = [];
    for (let crash = 1; crash <= crashes; crash += 1) {
      // Killed at another place each time, at the same ones in every run.
      said.push(...(await killed([root, String(crash * 100_000), mode], 3 + ((crash * 37) % 101))));
      const views = await FileViews.open(root);
      for (const key of keysWritten) {
        const view = await views.read(key);
        const number = view === undefined ? 0 : numberOf(key, view.bytes);
        const ofKey = said.filter((each) => each.key === key);
        assert.ok(
          number === 0 || ofKey.some(({ begun }) => begun === number),
          `${key} is at ${number}: nobody wrote that`,
        );
        const least = mode === "writing" ? lastWritten(ofKey) : lastSwitched(said, ofKey);
        assert.ok(number >= least, `${key} is at ${number}, ${least} was acknowledged`);
      }
      const names = await filesIn(root);
      assert.ok(!names.some((name) => name.endsWith(".tmp")));
      assert.deepEqual((await readdir(root)).sort(), ["current", views.generation]);
      await views.close();
    }
    assert.ok(said.some(({ written }) => written !== undefined));
    assert.equal(
      said.some(({ switched }) => switched !== undefined),
      mode === "switching",
    );
  });
}

const lastWritten = (said: readonly Said[]) => said.findLast(({ written }) => written !== undefined)?.written ?? 0;

/** What a key had in the generation that was last switched to. */
function lastSwitched(said: readonly Said[], ofKey: readonly Said[]): number {
  const name = said.findLast(({ switched }) => switched !== undefined)?.switched;
  return ofKey.find(({ generation }) => name !== undefined && generation === name)?.begun ?? 0;
}
