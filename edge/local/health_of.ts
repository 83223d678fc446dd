import type { LocalStack } from "./open_stack.ts";
import { type Health, type PartHealth, type PartState, worstOf } from "./page/health.ts";

export interface HealthParts {
  readonly stack: LocalStack;
  readonly since: number;
  readonly people: () => number;
}

/** Events behind which a part counts as slow. */
const behind = 1_000;

const part = (state: PartState, says: string, numbers: PartHealth["numbers"] = {}): PartHealth => ({
  state,
  says,
  numbers,
});

/** How each part is, asked of itself. */
export async function healthOf({ stack, since, people }: HealthParts): Promise<Health> {
  const { relay, queue, views, push, domain } = stack;
  const parts = {
    store: await asked(async () => {
      const end = await logEnd(stack);
      return part("ok", "Takes commands, and has what it took.", { events: end });
    }),
    relay: await asked(async () => {
      const left = (await logEnd(stack)) - relay.position;
      const says = left > behind ? "Publishes, and is behind." : "Everything that is stored is published.";
      return part(left > behind ? "slow" : "ok", says, { "still to publish": Math.max(left, 0) });
    }),
    projector: await asked(async () => {
      const depth = await queue.depth();
      const halted = (await queue.deadLetters()).length;
      const says = halted > 0 ? "Some streams are halted: npx crowbar redrive" : "Brings what happened into the views.";
      return part(halted > 0 || depth > behind ? "slow" : "ok", says, { waiting: depth, halted });
    }),
    views: await asked(async () => {
      await views.read("allchannels");
      return part("ok", `Readable (${views.generation}).`);
    }),
    push: part("ok", "Tells who listens.", { listening: push.listeners }),
    sign_in: part("ok", "Anybody may sign in by a name.", { people: people() }),
  };
  return { state: worstOf(parts), since, domain: domain.hash, parts };
}

/** A part that cannot be asked has stopped; why stands in the log. */
async function asked(question: () => Promise<PartHealth>): Promise<PartHealth> {
  try {
    return await question();
  } catch (error) {
    return part("stopped", error instanceof Error ? `Does not answer: ${error.name}.` : "Does not answer.");
  }
}

async function logEnd({ store, relay }: LocalStack): Promise<number> {
  const entries = await store.log(relay.position, behind + 1);
  return entries.at(-1)?.position ?? relay.position;
}
