// Is a verdict what its scenario says? One judge for every place.
import { isDeepStrictEqual } from "node:util";
import type { Catalog } from "../../wasm/src/catalog.ts";
import { aggregateOf, type Question } from "./expand.ts";
import type { Expected } from "./scenario.ts";

interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly at: number;
  readonly actor: { readonly id: string };
  readonly command: string;
  readonly data: object;
}
type Verdict =
  | { readonly accepted: true; readonly stream: string; readonly version: number; readonly events: StoredEvent[] }
  | { readonly accepted: false; readonly rejection: { readonly code: string; readonly pointer?: string } };

const lines = (text: string) => text.split("\n").filter((line) => line !== "").length;

/** What is wrong around the data: everything that the runner filled in must stand in the event again. */
function envelopeFault({ scenario, events, at }: Question, verdict: Verdict & { accepted: true }): string | undefined {
  const before = lines(events);
  if (verdict.stream !== scenario.stream) return `the verdict is of ${verdict.stream}`;
  if (verdict.version !== before + verdict.events.length) return `the verdict is of version ${verdict.version}`;
  for (const [index, event] of verdict.events.entries()) {
    const is = [event.id, event.stream, event.version, event.at, event.actor.id];
    const wanted = [`${event.command}.${index}`, scenario.stream, before + index + 1, at, scenario.by.actor];
    if (!isDeepStrictEqual(is, wanted)) return `event ${index} has ${is.join(", ")} instead of ${wanted.join(", ")}`;
  }
  return undefined;
}

/** The outcome that the catalogue gives to a code, asked of the aggregate first. */
function outcomeOf(code: string, stream: string, catalog: Catalog): string | undefined {
  const aggregate = catalog.aggregates.find(({ name }) => name === aggregateOf(stream));
  return [...(aggregate?.rejections ?? []), ...catalog.faults].find((each) => each.code === code)?.outcome;
}

/** A scenario that expects what no core can answer: a misspelt code, a rule's code taken for malformed. */
function scenarioFault({ scenario }: Question, catalog: Catalog): string | undefined {
  const expected: Expected = scenario.then;
  const code = "rejected" in expected ? expected.rejected : "malformed" in expected ? expected.malformed : undefined;
  if (code === undefined) return undefined;
  const outcome = outcomeOf(code, scenario.stream, catalog);
  if (outcome === undefined) return `the scenario expects ${code}, which is no code`;
  const malformed = outcome === "malformed" || outcome === "too_large";
  if (malformed !== "malformed" in expected) return `the scenario expects ${code}, whose outcome is ${outcome}`;
  return undefined;
}

function isExpected(expected: Expected, verdict: Verdict): boolean {
  if ("events" in expected) {
    if (!verdict.accepted) return false;
    const said = verdict.events.map(({ type, data }) => ({ type, data }));
    return isDeepStrictEqual(said, expected.events);
  }
  if ("unchanged" in expected) return verdict.accepted && verdict.events.length === 0;
  if (verdict.accepted) return false;
  if ("rejected" in expected) return verdict.rejection.code === expected.rejected;
  const { malformed, pointer } = expected;
  return verdict.rejection.code === malformed && (pointer === undefined || verdict.rejection.pointer === pointer);
}

/** What differs, in words; nothing where the verdict is what the scenario says. */
export function difference(question: Question, verdictText: string, catalog: Catalog): string | undefined {
  const wrong = scenarioFault(question, catalog);
  if (wrong !== undefined) return wrong;
  const verdict = JSON.parse(verdictText) as Verdict;
  if (!isExpected(question.scenario.then, verdict)) {
    return `expected  ${JSON.stringify(question.scenario.then)}\n  got       ${verdictText}`;
  }
  return verdict.accepted ? envelopeFault(question, verdict) : undefined;
}
