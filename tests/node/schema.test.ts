// The generated JSON Schema against the module: what it takes and answers is valid, what it calls malformed is not.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { ContextTypes, Domain } from "@crowbar/domain";
import { type AnySchemaObject, Ajv2020 as Validator } from "ajv/dist/2020.js";
import { openPlace, root } from "../places/places.ts";
import { aggregateOf, expand, type Question } from "../scenarios/expand.ts";
import { readScenarios } from "../scenarios/scenario.ts";
import { text } from "./general.ts";

/** What a schema knows of a command or a context; beyond it is how a text or number is written, and whose stream it is. */
const known = [
  ...["wrong_type", "missing_key", "unknown_key", "unknown_type", "id_invalid", "stream_invalid"],
  ...["integer_out_of_range", "value_out_of_range"],
];

type Root = "command" | "context" | "verdict" | "event" | "view";
type AnyDomain = Domain<ContextTypes>;

/** Validates documents by one schema, and keeps count of the parts that some document was valid by. */
class Judge {
  readonly unmet: Set<string>;
  readonly #ajv = new Validator({ strict: true, allowUnionTypes: true });
  readonly #id: string;

  constructor(schema: AnySchemaObject) {
    this.#id = schema.$id ?? "";
    this.#ajv.addSchema(schema);
    this.unmet = new Set(Object.keys(schema.$defs).filter((part) => /^(command|verdict|event|view)\./.test(part)));
  }

  #by(part: string) {
    const validate = this.#ajv.getSchema(`${this.#id}#/$defs/${part}`);
    assert.ok(validate, part);
    return validate;
  }
  /** Why `json` is not valid; nothing where it is. */
  fault(part: Root, json: string): string | undefined {
    const document: unknown = JSON.parse(json);
    const validate = this.#by(part);
    if (!validate(document)) {
      // Every alternative says why it is not the one; what is not of type and stream is said by the one that was meant.
      const telling = validate.errors?.find((it) => it.keyword !== "const" && !/^$|^\/stream$/.test(it.instancePath));
      const said = telling ?? validate.errors?.[0];
      return `${part}${said?.instancePath} ${said?.message}\n${json.slice(0, 500)}`;
    }
    for (const each of this.unmet) if (each.startsWith(part) && this.#by(each)(document)) this.unmet.delete(each);
    return undefined;
  }
}

const isJson = (json: string) => {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
};

/** The bounds of a text are those of what is left once the core has trimmed it: a schema cannot say that. */
const trimmed = (json: string) =>
  JSON.stringify(
    JSON.parse(json, (_, value) =>
      typeof value === "string" ? value.replace(/^[\s\u0085\u200b\u2060]+|[\s\u0085\u200b\u2060]+$/g, "") : value,
    ),
  );

const linesOf = (ndjson: string) => ndjson.split("\n").filter((line) => line !== "");

/** What the module makes of a question: its verdict, and the views of all that has happened then. */
function ask(domain: AnyDomain, { scenario, events, command, context }: Question) {
  using aggregate = domain.open(aggregateOf(scenario.stream) as never, scenario.stream);
  const bytes = new TextEncoder();
  aggregate.fold(bytes.encode(events));
  const verdict = aggregate.decideText(command, context);
  const { events: decided = [] } = JSON.parse(verdict) as { readonly events?: readonly object[] };
  const made = decided.map((event) => JSON.stringify(event));
  const log = [...linesOf(events), ...made];
  const keys = new Set(log.flatMap((event) => domain.viewKeysOf(bytes.encode(event))));
  const views = [...keys].map((key) => {
    using view = domain.view(key);
    view.project(bytes.encode(log.map((line) => `${line}\n`).join("")));
    return text(view.bytes());
  });
  return { verdict, log, views };
}

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as AnySchemaObject;
const contexts = globSync(`${root}/wasm/generated/*.schema.json`).map((path) => ({
  path,
  context: path.replace(/.*\/(.*)\.schema\.json$/, "$1"),
}));
const scenarios = readScenarios(globSync(`${root}/tests/scenarios/*.json`));

test("there is a schema", () => assert.ok(contexts.length > 0));

for (const { path, context } of contexts) {
  const judge = new Judge(read(path));
  const asked = scenarios.filter((scenario) => scenario.context === context);

  test(`${context}: what the module takes and answers is valid, what it calls malformed is not`, async () => {
    const { loadSync } = (await import(`@crowbar/domain/${context}`)) as { readonly loadSync: () => AnyDomain };
    const domain = loadSync();
    const place = await openPlace("node", context, `${root}/build`);
    const seen = new Set<string>();
    for (const scenario of asked) {
      const question = await expand(scenario, domain.describe(), place);
      const { verdict, log, views } = ask(domain, question);
      const where = `"${scenario.name}" in ${scenario.file}`;
      const valid = (part: Root, json: string) => {
        const fault = judge.fault(part, json);
        assert.ok(fault === undefined, `${where}: ${fault}`);
      };
      valid("verdict", verdict);
      for (const event of log) valid("event", event);
      for (const view of views) valid("view", view);

      const { rejection } = JSON.parse(verdict) as { readonly rejection?: { code: string; pointer?: string } };
      if (rejection === undefined) {
        valid("command", trimmed(question.command));
        valid("context", question.context);
      } else if (known.includes(rejection.code) && isJson(question.command)) {
        seen.add(rejection.code);
        const fault = judge.fault("command", question.command) ?? judge.fault("context", question.context);
        assert.ok(fault, `The schema takes ${where}: ${question.command}`);
      }
    }
    if (context === "chat") assert.deepEqual([...seen].sort(), [...known].sort(), "each fault came about");
  });

  test(`${context}: what was ever stored is valid, and no part of the schema is unmet`, () => {
    for (const file of globSync(`${root}/domain/${context}/*/stored.jsonl`)) {
      for (const line of linesOf(readFileSync(file, "utf8"))) assert.equal(judge.fault("event", line), undefined, file);
    }
    assert.deepEqual([...judge.unmet], [], "no scenario and no stored event is one of these");
  });
}

test("a schema with another bound, type or key is found out", () => {
  const command = JSON.stringify({
    id: "00000000-0000-7000-8000-000000000001",
    stream: "channel-general",
    type: "send_message",
    data: { messageId: "m1", text: "hi" },
  });
  const faultOf = (change: (data: AnySchemaObject) => void) => {
    const schema = structuredClone(read(`${root}/wasm/generated/chat.schema.json`));
    change(schema.$defs["command.channel.send_message"].properties.data);
    return new Judge(schema).fault("command", command) ?? "valid";
  };
  assert.equal(
    faultOf(() => {}),
    "valid",
  );
  assert.match(
    faultOf((data) => Object.assign(data.properties.text, { maxLength: 1 })),
    /must NOT have more than 1 characters/,
  );
  assert.match(
    faultOf((data) => Object.assign(data.properties, { text: { type: "integer" } })),
    /must be integer/,
  );
  assert.match(
    faultOf((data) => data.required.push("replyTo")),
    /must have required property 'replyTo'/,
  );
});
