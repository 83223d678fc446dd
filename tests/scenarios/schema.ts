// As much of JSON Schema 2020-12 as scenario.schema.json uses: no dependency for one file.

export interface Schema {
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Schema };
  readonly oneOf?: readonly Schema[];
  readonly type?: "array" | "object" | "string" | "integer";
  readonly const?: unknown;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Says nothing: for whoever reads the file. */
const notes = ["$schema", "$defs", "title", "description", "format"];
const understood = [
  ...notes,
  ...["$ref", "oneOf", "type", "const", "items", "minItems", "properties", "required", "additionalProperties"],
  ...["pattern", "minLength", "minimum", "maximum"],
];

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return value === null ? "null" : typeof value;
}

/** What is wrong with `value`, a sentence each; nothing where it is as `schema` says. */
export function faultsOf(value: unknown, schema: Schema, root: Schema = schema, at = ""): readonly string[] {
  const unknown = Object.keys(schema).find((keyword) => !understood.includes(keyword));
  if (unknown !== undefined) throw new Error(`schema.ts does not understand ${unknown} yet.`);
  const wrong = (why: string) => [`${at || "/"} ${why}`];
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.slice("#/$defs/".length)];
    if (target === undefined) throw new Error(`The schema has no ${schema.$ref}.`);
    return faultsOf(value, target, root, at);
  }
  if (schema.oneOf !== undefined) {
    const fits = schema.oneOf.filter((each) => faultsOf(value, each, root, at).length === 0);
    if (fits.length !== 1) return wrong(`fits ${fits.length} of the ${schema.oneOf.length} forms, not one`);
  }
  if (schema.type !== undefined && typeOf(value) !== schema.type) return wrong(`is no ${schema.type}`);
  if (schema.const !== undefined && value !== schema.const) return wrong(`is not ${schema.const}`);
  if (typeof value === "string") {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
      return wrong(`does not match ${schema.pattern}`);
    }
    if (value.length < (schema.minLength ?? 0)) return wrong("is too short");
  }
  if (typeof value === "number") {
    if (value < (schema.minimum ?? value)) return wrong(`is below ${schema.minimum}`);
    if (value > (schema.maximum ?? value)) return wrong(`is above ${schema.maximum}`);
  }
  if (Array.isArray(value)) return faultsOfItems(value, schema, root, at);
  return isObject(value) ? faultsOfMembers(value, schema, root, at) : [];
}

function faultsOfItems(value: readonly unknown[], schema: Schema, root: Schema, at: string): readonly string[] {
  if (value.length < (schema.minItems ?? 0)) return [`${at} has fewer than ${schema.minItems} items`];
  const { items } = schema;
  return items ? value.flatMap((item, index) => faultsOf(item, items, root, `${at}/${index}`)) : [];
}

function faultsOfMembers(
  value: { readonly [key: string]: unknown },
  schema: Schema,
  root: Schema,
  at: string,
): readonly string[] {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key));
  const faults = missing.map((key) => `${at} lacks ${key}`);
  for (const [key, member] of Object.entries(value)) {
    const described = schema.properties?.[key];
    if (described) faults.push(...faultsOf(member, described, root, `${at}/${key}`));
    else if (schema.additionalProperties === false) faults.push(`${at}/${key} is not known`);
  }
  return faults;
}
