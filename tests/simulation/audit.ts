import { verify } from "../../edge/cli/operations/verify.ts";
import { readVerdict } from "../../edge/commands/verdict.ts";
import { openStack } from "../../edge/local/open_stack.ts";
import type { Stack } from "../../edge/local/stack.ts";
import type { Clients } from "./clients.ts";
import { few } from "./few.ts";
import { type LogBook, readLog } from "./log_book.ts";
import { type Outcome, outcomeOf, type Posted } from "./wire.ts";

type Told = Clients["told"];

/**
 * Opens what the dead have left, and says what is wrong with it: what somebody was told has to be there as they were told,
 * nothing twice, and every view has to be the fold of the log.
 */
export async function audit(data: string, told: Told): Promise<readonly string[]> {
  const problems: string[] = [];
  const stack = await openStack({
    data,
    report: (defect) => problems.push(`reported: ${defect}`),
    observer: { failed: (part, error) => problems.push(`${part} failed: ${error}`) },
  });
  try {
    await stack.settled();
    const log = await readLog(stack.store);
    problems.push(...log.problems);
    problems.push(...few("of what was told", await remembered(stack, log, told)));
    problems.push(...few("of what was sent again", await sentAgain(stack, told)));
    const { size: length } = (await readLog(stack.store)).lines;
    if (length !== log.lines.size)
      problems.push(`Sending everything again has made ${length - log.lines.size} events.`);
    await stack.settled();
    for (const { group, reason } of await stack.queue.deadLetters()) problems.push(`${group} is halted: ${reason}`);
    problems.push(...few("found by verify", await findings(stack)));
  } finally {
    await stack.close();
  }
  return problems;
}

/** Everything that was told is in the store, in the same bytes, and its events are in the log. */
async function remembered({ store }: Stack, log: LogBook, told: Told): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [id, { outcome }] of told) {
    const decided = await store.decided(id);
    if (decided === undefined) {
      problems.push(`${id} was told ${short(outcome)}, and is not in the store.`);
      continue;
    }
    const verdict = readVerdict(decided.verdict, decided.decidedAt);
    if ("refused" in outcome) {
      const same = !verdict.accepted && verdict.rejection.code === outcome.refused.code;
      if (!same) problems.push(`${id} was told ${short(outcome)}; the store has ${textOf(decided.verdict)}`);
    } else if (textOf(decided.verdict) !== outcome.accepted) {
      problems.push(`${id} was told ${outcome.accepted}; the store has ${textOf(decided.verdict)}`);
    } else if (verdict.accepted) {
      for (const { version, bytes } of verdict.events) {
        const stored = log.lines.get(`${decided.stream} ${version}`);
        if (stored !== textOf(bytes)) problems.push(`${decided.stream} ${version} of ${id} is ${stored} in the log.`);
      }
    }
  }
  return problems;
}

/** Whoever sends a command again is told the same. */
async function sentAgain({ commands }: Stack, told: Told): Promise<readonly string[]> {
  const answers = await Promise.all(
    [...told.values()].map(async ({ posted, outcome }) => [outcome, await answerTo(commands, posted), posted] as const),
  );
  return answers.flatMap(([first, now, { id }]) =>
    JSON.stringify(first) === JSON.stringify(now) ? [] : [`${id} was told ${short(first)}, and now ${short(now)}.`],
  );
}

async function answerTo(commands: Stack["commands"], { actor, command }: Posted): Promise<Outcome> {
  return outcomeOf(await commands.submit({ command: Buffer.from(command), actor: { id: actor } }));
}

/** What the CLI finds: damaged records, verdicts that are not decided so, views that are not the fold of the log. */
async function findings(stack: Stack): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const progress of verify(stack, {}, new AbortController().signal)) {
    if (progress.kind === "item") found.push(JSON.stringify(progress.item));
  }
  return found;
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");
const short = (outcome: Outcome) => JSON.stringify(outcome).slice(0, 300);
