// The same requests to every place, and where the answers differ.
import type { Place } from "../places/place.ts";
import { type Answer, answersIn, type Operand, textOf } from "../places/session.ts";
import type { Recorder, Sent } from "./recorder.ts";

/** One request that not every place answered alike. */
export interface Difference {
  readonly sent: Sent;
  /** The places by what they answered. */
  readonly answers: ReadonlyMap<string, readonly string[]>;
}

export interface Outcome {
  /** Of the first place. */
  readonly answers: readonly Answer[];
  readonly differences: readonly Difference[];
}

const shown = 1_500;
const readable = (operand: Operand) => {
  const text = JSON.stringify(typeof operand === "string" ? operand : textOf(operand));
  return text.length > shown ? `${text.slice(0, shown)}… (${operand.length} in all)` : text;
};
const key = ({ yes, bytes }: Answer) => `${yes ? "yes" : "no"} ${Buffer.from(bytes).toString("latin1")}`;

/** Sends a batch to all places at once. */
export async function compare(places: readonly Place[], recorder: Recorder): Promise<Outcome> {
  const requests = recorder.taken();
  const all = await Promise.all(places.map((place) => place.run(requests)));
  const [first = new Uint8Array(0), ...others] = all;
  const answers = [...answersIn(first)];
  if (answers.length !== recorder.sent.length)
    throw new Error(`${answers.length} answers to ${recorder.sent.length} requests.`);
  if (others.every((other) => Buffer.compare(first, other) === 0)) return { answers, differences: [] };
  const read = all.map((bytes) => [...answersIn(bytes)]);
  const differences = recorder.sent.flatMap((sent, index): readonly Difference[] => {
    const byAnswer = Map.groupBy(places, (_, place) => {
      const answer = read[place]?.[index];
      return answer ? key(answer) : "no answer";
    });
    if (byAnswer.size === 1) return [];
    const named = [...byAnswer].map(([text, who]) => [text, who.map(({ name }) => name)] as const);
    return [{ sent, answers: new Map(named) }];
  });
  return { answers, differences };
}

/** A difference for a person: the request, and who answered what. */
export function describe({ sent, answers }: Difference): string {
  const lines = [
    `✗ ${sent.kind}: ${sent.operation}, slot ${sent.slot}`,
    ...sent.operands.map((each) => `    ${readable(each)}`),
  ];
  const texts = [...answers.keys()];
  for (const [text, places] of answers) {
    const other = texts.find((each) => each !== text) ?? "";
    let at = 0;
    while (at < text.length && text[at] === other[at]) at++;
    const from = Math.max(0, at - 200);
    const part = `${from > 0 ? "…" : ""}${Buffer.from(text.slice(from, at + 300), "latin1").toString()}`;
    lines.push(`  ${places.join(", ")} (differs at byte ${at}): ${part}`);
  }
  return lines.join("\n");
}
