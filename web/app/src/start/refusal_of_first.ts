import type { Actor, AggregateName, Command } from "@crowbar/domain";
import type { Types } from "@crowbar/domain/chat/url";
import type { ChatCommand } from "./chat.ts";
import { newId } from "./new_id.ts";
import { rules } from "./rules.ts";

/**
 * What the rules say against the first command of a stream in which nothing has happened: a channel whose id was made here a
 * moment ago, a person who is not registered. The client cannot know that of a stream that it may not read.
 */
export async function refusalOfFirst<A extends AggregateName<Types>>(
  actor: Actor,
  aggregate: A,
  command: ChatCommand<A> & { readonly stream: string },
): Promise<{ readonly code: string; readonly message: string } | undefined> {
  using empty = (await rules).open(aggregate, command.stream);
  const whole = { ...command, id: newId() } as unknown as Command<Types, A>;
  const verdict = empty.decide(whole, { at: Date.now(), actor });
  return verdict.accepted ? undefined : verdict.rejection;
}
