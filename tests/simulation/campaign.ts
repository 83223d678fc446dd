import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../parity/random.ts";
import { audit } from "./audit.ts";
import { type Ending, inWords, nextEnding } from "./endings.ts";
import { Life } from "./life.ts";
import type { Flaw } from "./points.ts";

export interface CampaignOptions {
  readonly kills: number;
  readonly seed: number;
  readonly flaw?: Flaw;
  /** Ends after the first kills that leave something wrong. */
  readonly untilFailed?: boolean;
  readonly progress?: (state: Tally) => void;
  readonly failed?: (failure: Failure) => void;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What clients were told for good. */
  readonly told: number;
}

/** Kills that have left something wrong. */
export interface Failure {
  /** The folder, kept as it is. */
  readonly data: string;
  /** How its processes ended, the last ones. */
  readonly endings: readonly string[];
  readonly problems: readonly string[];
}

/** Kills between two looks at what is left, and kills of one folder. */
const killsToAudit = 5;
const killsOfFolder = 20;

/** Kills processes until there are enough, and looks again and again at what they leave. */
export async function campaign(options: CampaignOptions): Promise<Tally> {
  const { kills, seed, progress = () => {}, failed = () => {}, untilFailed = false } = options;
  const tally = { passed: 0, failed: 0, told: 0 };
  for (let folder = 0, left = kills; left > 0 && !(untilFailed && tally.failed > 0); folder += 1) {
    const data = mkdtempSync(join(tmpdir(), "crowbar-simulation-"));
    const life = new Life(data, new Random(seed * 10_000 + folder), options.flaw);
    const random = new Random(seed * 10_000 + 5_000 + folder);
    let before = 0;
    for (let done = 0; done < killsOfFolder && left > 0; ) {
      const { endings, problems } = await killed(life, random, Math.min(killsToAudit, left));
      left -= endings.length;
      done += endings.length;
      if (problems.length > 0) tally.failed += endings.length;
      else tally.passed += endings.length;
      tally.told += life.clients.told.size - before;
      before = life.clients.told.size;
      progress({ ...tally });
      if (problems.length === 0) continue;
      // What comes after it says nothing new.
      failed({ data, endings: endings.map(inWords), problems });
      break;
    }
    if (tally.failed === 0) rmSync(data, { recursive: true, force: true });
  }
  return tally;
}

async function killed(life: Life, random: Random, kills: number) {
  const endings: Ending[] = [];
  const problems: string[] = [];
  while (endings.length < kills) {
    const ending = nextEnding(random);
    problems.push(...(await life.run(ending)));
    if (ending.kind !== "calm") endings.push(ending);
  }
  problems.push(...(await audit(life.data, life.clients.told)));
  return { endings, problems };
}
