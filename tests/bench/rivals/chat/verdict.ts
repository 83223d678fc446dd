import type { Claim, Command, Context, Event, Fact, Refused, Verdict } from "./contract.ts";

export const refused = (code: string): Refused => ({ accepted: false, rejection: { code } });

/** Any fault of shape. The rivals do not tell them apart; the benchmark compares only that there is one. */
export const malformed: Refused = refused("malformed");

/** Puts facts in their envelopes, keys in the canonical order. */
export const accepted = (
  command: Command,
  context: Context,
  version: number,
  facts: readonly Fact[],
  claims: readonly Claim[] | undefined,
  domain: string,
): Verdict => {
  const { stream } = command;
  const events = facts.map((fact, index) => sealed(fact, command, context, version + index + 1, index, domain));
  const reached = version + events.length;
  return claims === undefined
    ? { accepted: true, stream, version: reached, events }
    : { accepted: true, stream, version: reached, events, claims };
};

const sealed = (fact: Fact, command: Command, context: Context, version: number, index: number, domain: string) =>
  ({
    id: `${command.id}.${index}`,
    stream: command.stream,
    version,
    type: fact.type,
    schema: fact.type === "channel_created" ? 2 : 1,
    at: context.at,
    actor: { id: context.actor.id, roles: context.actor.roles ?? [] },
    command: command.id,
    domain,
    data: fact.data,
  }) as Event;
