// From a scenario to the exact bytes that the core is asked with: what a scenario leaves out is filled in here, once,
// so that every place gets the same.
import type { Catalog } from "../../wasm/src/catalog.ts";
import type { Place } from "../places/place.ts";
import { answersIn, Batch, textOf } from "../places/session.ts";
import type { Given, Scenario } from "./scenario.ts";

/** 2023-11-14T22:13:20Z, which is noon somewhere. */
const noon = 1_700_000_000_000;
const domain = "0".repeat(64);
/** A UUIDv7 of noon, and those of the commands whose events are given. */
const commandId = "018bcfe5-6800-7000-8000-000000000001";
const givenId = (index: number) => `018bcfe5-6800-7000-8000-${(0x0f00_0000 + index).toString(16).padStart(12, "0")}`;

/** What the core is asked. */
export interface Question {
  readonly scenario: Scenario;
  /** NDJSON of the stream's stored events. */
  readonly events: string;
  readonly command: string;
  readonly context: string;
  readonly at: number;
}

export const aggregateOf = (stream: string): string => stream.slice(0, stream.indexOf("-"));

/** The shape of an event that is written today. */
function currentSchema(catalog: Catalog, stream: string, type: string): number {
  const aggregate = catalog.aggregates.find(({ name }) => name === aggregateOf(stream));
  const event = aggregate?.events.find((each) => each.type === type);
  if (event === undefined) throw new Error(`${catalog.context} has no event ${type} in ${stream}.`);
  return event.schema;
}

/** NDJSON of the given events of each stream, in canonical form; each stream counts its own versions. */
function storedEvents(scenario: Scenario, catalog: Catalog): ReadonlyMap<string, string> {
  const versions = new Map<string, number>();
  const lines = new Map<string, string>();
  const stored = ({ type, actor, data, stream = scenario.stream, schema }: Given, index: number) => {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const command = givenId(index);
    const event = {
      id: `${command}.0`,
      stream,
      version,
      type,
      schema: schema ?? currentSchema(catalog, stream, type),
      at: noon - 1_000 * (scenario.given.length - index),
      actor: { id: actor, roles: [] },
      command,
      domain,
      data,
    };
    lines.set(stream, `${lines.get(stream) ?? ""}${JSON.stringify(event)}\n`);
  };
  scenario.given.forEach(stored);
  return lines;
}

/** The claims that other streams hold after what is given: a store would know them, so the context's facts say them. */
async function claimsOfOthers(others: ReadonlyMap<string, string>, place: Place): Promise<readonly string[]> {
  const batch = new Batch();
  for (const [stream, events] of others) {
    batch.add("open", 1, aggregateOf(stream), stream);
    batch.add("fold", 1, events);
    batch.add("claims", 1);
    batch.add("close", 1);
  }
  const answers = [...answersIn(await place.run(batch.taken()))];
  const refused = answers.find(({ yes }) => !yes);
  if (refused) throw new Error(`What is given cannot be folded: ${textOf(refused.bytes)}`);
  return answers.filter((_, index) => index % 4 === 2).flatMap(({ bytes }) => JSON.parse(textOf(bytes)) as string[]);
}

/** The bytes of a scenario. `place` folds what is given of other streams. */
export async function expand(scenario: Scenario, catalog: Catalog, place: Place): Promise<Question> {
  const { stream, when, by } = scenario;
  const stored = new Map(storedEvents(scenario, catalog));
  const events = stored.get(stream) ?? "";
  stored.delete(stream);
  const held = stored.size > 0 ? await claimsOfOthers(stored, place) : [];
  const claimed = [...new Set([...(by.facts?.claimed ?? []), ...held])];
  const facts = claimed.length > 0 ? { facts: { ...by.facts, claimed } } : by.facts ? { facts: by.facts } : {};
  const at = by.at ?? noon;
  return {
    scenario,
    events,
    at,
    command:
      typeof when === "string" ? when : JSON.stringify({ id: commandId, stream, type: when.type, data: when.data }),
    context: JSON.stringify({ at, actor: { id: by.actor, roles: [] }, ...facts }),
  };
}
