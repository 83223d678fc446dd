// A disk that really is full: a small one in memory, mounted in a name space of its own, which needs Linux and no rights.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const mounted = 'mount -t tmpfs -o size=448k tmpfs "$1" && shift && exec "$@"';
const program = join(import.meta.dirname, "full_disk_process.ts");

function cannotMount(): string | false {
  try {
    execFileSync("unshare", ["-rm", "sh", "-c", mounted, "sh", tmpdir(), "true"], { stdio: "ignore" });
    return false;
  } catch {
    return "this machine lets nobody mount a disk in a name space of their own";
  }
}

test("a disk that is full leaves every view as it was, and nothing half written", {
  skip: cannotMount(),
}, async (t) => {
  const disk = await mkdtemp(join(tmpdir(), "crowbar-full-"));
  t.after(() => rm(disk, { recursive: true }));
  const run = ["-rm", "sh", "-c", mounted, "sh", disk, process.execPath, program, join(disk, "views")];
  const { stdout } = await promisify(execFile)("unshare", run);
  assert.deepEqual(JSON.parse(stdout), {
    replaced: "ENOSPC",
    begun: "ENOSPC",
    begunInNext: "ENOSPC",
    size: 100 * 1024,
    keys: ["channel/general"],
    left: [],
    smaller: "written",
    again: "written",
    roomLeft: true,
  });
});
