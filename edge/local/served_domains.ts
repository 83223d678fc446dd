import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Domain } from "../domain.ts";

export interface ServedDomains {
  readonly current: Domain;
  /** The same module once more, for work beside the commands: a trap there costs those nothing. */
  readonly beside: Domain;
  /** The module that was served here before today's (N-1), if there was one. */
  readonly previous: Domain | undefined;
}

/**
 * Loads the rules that are served, and those that were served from this folder before them: a copy of each package that
 * was is kept there, so that clients which have not reloaded are understood. It is code, and is run: a data folder is opened
 * by those who trust whoever made it.
 *
 * @throws Error where the package is not built, or a kept one cannot be loaded.
 */
export async function servedDomains(folder: string, context = "chat"): Promise<ServedDomains> {
  const entry = fileURLToPath(import.meta.resolve(`@crowbar/domain/${context}`));
  const current = await loadFrom(entry);
  const hash = current.hash;
  const kept = join(folder, hash);
  if (!existsSync(kept)) keep(dirname(dirname(entry)), kept);
  const now = new Date();
  utimesSync(kept, now, now);
  const [before, ...older] = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}$/.test(name) && name !== hash)
    .sort((a, b) => statSync(join(folder, b)).mtimeMs - statSync(join(folder, a)).mtimeMs);
  for (const name of older) rmSync(join(folder, name), { recursive: true, force: true });
  const previous = before === undefined ? undefined : await loadFrom(join(folder, before, context, "index.js"));
  return { current, beside: await loadFrom(entry), previous };
}

async function loadFrom(entry: string): Promise<Domain> {
  const { load } = await import(pathToFileURL(entry).href);
  return load();
}

// Under its name only when it is whole.
function keep(from: string, to: string): void {
  const aside = `${to}.tmp`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, aside, { recursive: true });
  writeFileSync(join(aside, "package.json"), '{"type":"module"}\n');
  renameSync(aside, to);
}
