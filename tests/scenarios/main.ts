// `npm run scenarios -- FILE…`: rules as data, run natively, in Node and in Chromium.
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Catalog } from "../../wasm/src/catalog.ts";
import type { Place } from "../places/place.ts";
import { openPlace, type PlaceName, placeNames, root } from "../places/places.ts";
import { answersIn, Batch, textOf } from "../places/session.ts";
import { aggregateOf, expand, type Question } from "./expand.ts";
import { difference } from "./judge.ts";
import { readScenarios, type Scenario } from "./scenario.ts";

const help = `npm run scenarios -- [--in PLACE]… [--builds FOLDER] [FILE…]

Runs files of scenarios (tests/scenarios/schema/scenario.schema.json), all of tests/scenarios where none is named,
in each PLACE: ${placeNames.join(", ")}; in all of them where none is named. FOLDER holds the builds (build).

Prints what differs, how many passed and failed in each place, and the sum. Exit code 0: all passed, and there was one.
1: some failed, or there was none. 2: the command line or a file is wrong.`;

interface Result {
  readonly scenario: Scenario;
  readonly place: string;
  readonly difference: string | undefined;
}

async function catalogOf(context: string): Promise<Catalog> {
  const module = await import(`${root}/wasm/generated/${context}.catalog.ts`);
  return (module as { readonly catalog: Catalog }).catalog;
}

/** Asks all questions in one place, one after the other, each on a stream of its own. */
async function ask(place: Place, questions: readonly Question[]): Promise<readonly string[]> {
  const batch = new Batch();
  for (const { scenario, events, command, context } of questions) {
    batch.add("open", 1, aggregateOf(scenario.stream), scenario.stream);
    batch.add("fold", 1, events);
    batch.add("decide", 1, command, context);
    batch.add("close", 1);
  }
  const answers = [...answersIn(await place.run(batch.taken()))];
  return questions.map((_, index) => {
    const refused = answers.slice(4 * index, 4 * index + 4).find(({ yes }) => !yes);
    const answer = refused ?? answers[4 * index + 2];
    if (answer === undefined) throw new Error(`${place.name} left a question without an answer.`);
    return refused ? `{"accepted":false,"rejection":${textOf(answer.bytes)}}` : textOf(answer.bytes);
  });
}

/** Runs the scenarios of one context. A place that breaks fails them all. */
async function run(
  context: string,
  scenarios: readonly Scenario[],
  names: readonly PlaceName[],
  builds: string,
): Promise<Result[]> {
  const catalog = await catalogOf(context);
  const folding = await openPlace("node", context, builds);
  const questions: Question[] = [];
  for (const scenario of scenarios) questions.push(await expand(scenario, catalog, folding));
  const results: Result[] = [];
  for (const name of names) {
    const place = await openPlace(name, context, builds);
    try {
      const verdicts = await ask(place, questions);
      for (const [index, question] of questions.entries()) {
        const said = difference(question, verdicts[index] ?? "", catalog);
        results.push({ scenario: question.scenario, place: name, difference: said });
      }
    } catch (error) {
      for (const scenario of scenarios) results.push({ scenario, place: name, difference: String(error) });
    } finally {
      await place.close();
    }
  }
  return results;
}

/** Each scenario once that failed in the same way in several places. */
function printFailures(results: readonly Result[]): void {
  const failures = new Map<string, string[]>();
  for (const { scenario, place, difference: said } of results) {
    if (said === undefined) continue;
    const text = `${scenario.file}: ${scenario.name}\n  ${said}`;
    failures.set(text, [...(failures.get(text) ?? []), place]);
  }
  for (const [text, places] of failures) console.log(`✗ ${text}\n  in        ${places.join(", ")}\n`);
}

function counted(results: readonly Result[]): string {
  const failed = results.filter((each) => each.difference !== undefined).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      in: { type: "string", multiple: true },
      builds: { type: "string", default: `${root}/build` },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const names = placeNames.filter((name) => values.in === undefined || values.in.includes(name));
  const unknown = values.in?.find((name) => !placeNames.includes(name as PlaceName));
  if (unknown !== undefined) throw new Error(`There is no place ${unknown}; there are ${placeNames.join(", ")}.`);
  const here = fileURLToPath(new URL(".", import.meta.url));
  const files = positionals.length > 0 ? positionals : globSync(`${here}*.json`).sort();
  const byContext = Map.groupBy(readScenarios(files), ({ context }) => context);
  const results: Result[] = [];
  for (const [context, scenarios] of byContext) results.push(...(await run(context, scenarios, names, values.builds)));
  printFailures(results);
  for (const name of names) console.log(`${name}: ${counted(results.filter(({ place }) => place === name))}`);
  console.log(counted(results));
  return results.length > 0 && results.every((each) => each.difference === undefined) ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
