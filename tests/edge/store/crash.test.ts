// kill -9 of a process that appends: whatever it was told is there.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import type { Append } from "../../../edge/store/event_store.ts";
import type { Said } from "./appending_process.ts";
import { told } from "./appends.ts";
import { folderFor, openIn } from "./folder.ts";
import { Ledger } from "./ledger.ts";

/** How often the process is killed: more for a campaign. */
const crashes = Number(process.env.CROWBAR_CRASHES ?? 5);
const program = join(import.meta.dirname, "appending_process.ts");

/** Runs the process until it has said so many lines, kills it, and answers all that it said. */
async function killed(folder: string, run: string, lines: number): Promise<readonly Said[]> {
  const child = spawn(process.execPath, [program, folder, run], { stdio: ["ignore", "pipe", "inherit"] });
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

test("a process that is killed loses nothing that was acknowledged, and the next one opens at once", async (t) => {
  const folder = folderFor(t);
  const ledger = new Ledger();
  for (let crash = 1; crash <= crashes; crash += 1) {
    // Killed at another place each time, at about the same ones in every run.
    const said = await killed(folder, `run${crash}`, 5 + ((crash * 97) % 401));
    const begun = new Map<string, Append>();
    for (const { begun: about } of said) {
      if (about === undefined) continue;
      const [id, stream, at] = about;
      begun.set(id, told(id, { stream, at, says: [`${id}.0`, `${id}.1`] }));
    }
    for (const { id = "" } of said) {
      const append = begun.get(id);
      if (append !== undefined) ledger.acknowledged.push(append);
      begun.delete(id);
    }
    ledger.unknown.push(...begun.values());
    const store = openIn(folder);
    await ledger.compare(store);
    await store.close();
  }
  assert.ok(ledger.acknowledged.length > crashes);
});
