import { tokenFor } from "../../../edge/local/sign_in/walk_sign_in.ts";
import type { Verdict } from "../rivals/chat/contract.ts";
import { comparable } from "../rules.ts";
import { walk } from "../workload/walk.ts";
import type { Contender } from "./contender.ts";
import type { Person } from "./workload/person.ts";

/**
 * Sends everybody the same commands of a walk that meets every rule, and compares what they answer.
 *
 * @throws Error that names the first command that is not answered alike. Answers how many were.
 */
export async function proveEqual(contenders: readonly Contender[], count: number): Promise<number> {
  const steps = walk(11, count);
  const actors = [...new Set(steps.map(({ context }) => context.actor.id))];
  const all = await Promise.all(
    contenders.map(async ({ server, connections }) => {
      const people = new Map<string, Person>();
      for (const actor of actors) {
        const { person, accessToken } = await tokenFor(actor, server.issuer);
        people.set(actor, { id: person, authorization: `Bearer ${accessToken}` });
      }
      const answers: string[] = [];
      for (const { line, context } of steps) {
        const person = people.get(context.actor.id) as Person;
        const { body } = await connections.post(person, ownStream(line, people), true);
        answers.push(judgedIn(body));
      }
      return answers;
    }),
  );
  const [first = []] = all;
  for (const [index, answer] of first.entries()) {
    for (const [who, answers] of all.entries()) {
      if (answers[index] === answer) continue;
      const names = `${contenders[0]?.name} says ${answer}, ${contenders[who]?.name} says ${answers[index]}`;
      throw new Error(`${steps[index]?.line.slice(0, 300)}: ${names}`);
    }
  }
  return first.length;
}

/** The stream of a person, under the id that they have at this server. */
function ownStream(line: string, people: ReadonlyMap<string, Person>): string {
  return line.replace(/"user-([^"]+)"/, (whole, name: string) => {
    const person = people.get(name);
    return person === undefined ? whole : `"user-${person.id}"`;
  });
}

/** What has to be equal: the version and the kinds of the events, or the code of the rule. */
function judgedIn(body: string): string {
  const answer = JSON.parse(body) as Verdict | { readonly error: { readonly code: string } };
  if ("error" in answer) return comparable(JSON.stringify({ accepted: false, rejection: answer.error }));
  if (!answer.accepted) return comparable(body);
  return `${answer.version} ${answer.events.map(({ type }) => type).join(" ")}`.trim();
}
