// Every call on a file fails once, under the real file system: nothing is acknowledged that does not stay.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { underFaults } from "../faults/faults.ts";

/** In memory where there is such a disk: what counts is which calls are made, and that takes thousands of them. */
const disk = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
/** After this it goes round in circles. */
const patience = 300_000;
const program = join(import.meta.dirname, "faulty_process.ts");

test("whichever call on a file fails, views are wholly old or new, and what was acknowledged stays", async (t) => {
  const root = await mkdtemp(join(disk, "crowbar-view-faults-"));
  t.after(() => rm(root, { recursive: true }));
  const { env, places } = underFaults(root);
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(places)], {
    env,
    timeout: patience,
  });
  const met: Record<string, number> = JSON.parse(stdout);
  for (const [step, faults] of Object.entries(met)) assert.ok(faults > 0, `${step} has met no fault`);
});
