// Every write, fsync, truncation and opening of a file fails, under the real SQLite: what was acknowledged is there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { underFaults } from "../faults/faults.ts";
import type { Leg, Told } from "./failing_process.ts";

/** How many points of each kind are tried; 9999 for a campaign over all of them. */
const points = Number(process.env.CROWBAR_FAULTS ?? 9);

/** In memory where there is some: whether a disk really syncs is not the question here, and it would take its time. */
const temporary = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

const program = join(import.meta.dirname, "failing_process.ts");

function run(legs: readonly Leg[]): readonly Told[] {
  const root = mkdtempSync(join(temporary, "crowbar-faults-"));
  try {
    const { env, places } = underFaults(root);
    const said = execFileSync(process.execPath, [program, JSON.stringify(places), JSON.stringify(legs)], {
      env: { ...env, TMPDIR: root },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = said.trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** What must have come of it, beside that nothing was lost: the reasons that were told, and those that were not. */
interface Expected {
  readonly fault: Leg["fault"];
  readonly fresh?: boolean;
  readonly told: readonly string[];
  readonly never: readonly string[];
}

const legs: { readonly [name: string]: Expected } = {
  "a disk that is full for a moment": {
    fault: { calls: ["write"], error: "ENOSPC" },
    told: ["full", "opening full"],
    never: ["io"],
  },
  "a disk that is full and stays so": {
    fault: { calls: ["write"], error: "ENOSPC", persists: true },
    told: ["full", "opening full"],
    never: ["io"],
  },
  "a disk that takes half of a write and is full": {
    fault: { calls: ["write"], error: "ENOSPC", persists: true, halves: true },
    told: ["full", "opening full"],
    never: ["io"],
  },
  "a write that fails": { fault: { calls: ["write"], error: "EIO" }, told: ["io", "opening io"], never: ["full"] },
  "a disk that goes away": {
    fault: { calls: ["write", "sync", "truncate", "open", "unlink"], error: "EIO", persists: true },
    told: ["io", "opening io"],
    never: ["full"],
  },
  "an fsync that fails once": { fault: { calls: ["sync"], error: "EIO" }, told: ["io", "opening io"], never: ["full"] },
  "an fsync that fails for ever": {
    fault: { calls: ["sync"], error: "EIO", persists: true },
    told: ["io", "opening io"],
    never: ["full"],
  },
  "an fsync that finds no room": {
    fault: { calls: ["sync"], error: "ENOSPC" },
    told: ["io", "opening io"],
    never: ["full"],
  },
  "a file that is not shortened, opened or removed": {
    fault: { calls: ["truncate", "open", "unlink"], error: "EIO" },
    told: ["opening io"],
    never: ["full"],
  },
  "a disk that fails while a log is made": {
    fault: { calls: ["write", "sync", "truncate", "open", "unlink"], error: "EIO" },
    fresh: true,
    told: ["io", "opening io"],
    never: ["full"],
  },
  "a disk that is full while a log is made": {
    fault: { calls: ["write"], error: "ENOSPC", persists: true },
    fresh: true,
    told: ["full", "opening full"],
    never: ["io"],
  },
};

for (const [name, { fault, fresh = false, told, never }] of Object.entries(legs)) {
  test(`${name} loses nothing that was acknowledged, and doubles nothing`, (t) => {
    const [leg] = run([{ name, fault, fresh, points }]);
    assert.ok(leg !== undefined && leg.tried > 0);
    for (const reason of told) assert.ok(reason in leg.reasons, `${reason} is in ${JSON.stringify(leg)}`);
    for (const reason of never) assert.ok(!(reason in leg.reasons), `${reason} is in ${JSON.stringify(leg)}`);
    t.diagnostic(JSON.stringify(leg));
  });
}
