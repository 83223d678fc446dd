import type { AggregateCatalog, Field } from "./catalog.ts";
import type { Core } from "./core.ts";
import { Fields } from "./fields.ts";
import type { Context } from "./types.ts";

type Plain = Record<string, unknown>;
interface Shape {
  readonly number: number;
  readonly type: string;
  readonly schema: number;
  readonly names: readonly string[];
  readonly kinds: readonly ("text" | "integer" | "boolean" | "json")[];
}

/**
 * Commands and verdicts that are objects. A command is handed over as its fields and a verdict comes back as the fields
 * of its events, so that no JSON is written or read on either side, and an event has the very strings of its command.
 * That is for what is plainly an object of just the members that the description names. Of everything else nothing is
 * said here (`undefined`), and JSON finds the words.
 */
export class Objects {
  readonly #fields: Fields;
  readonly #domain: string;
  readonly #commands = new Map<unknown, Shape>();
  readonly #events: readonly Shape[];

  constructor(core: Core, domain: string, aggregate: AggregateCatalog) {
    this.#fields = core.fields ??= new Fields(core);
    this.#domain = domain;
    for (const [number, { type, data }] of aggregate.commands.entries()) {
      const shape = shapeOf(number, type, 0, data);
      if (!shape.kinds.includes("json")) this.#commands.set(type, shape);
    }
    this.#events = aggregate.events.map(({ type, schema, data }, number) => shapeOf(number, type, schema, data));
  }

  decide(handle: number, command: unknown, context: unknown): unknown {
    if (!isPlain(command) || !isContext(context)) return undefined;
    const { id, stream, type, expectedVersion, data } = command;
    const shape = this.#commands.get(type);
    if (shape === undefined || typeof id !== "string" || typeof stream !== "string") return undefined;
    if (expectedVersion !== undefined && !Number.isSafeInteger(expectedVersion)) return undefined;
    if (members(command) !== (expectedVersion === undefined ? 4 : 5)) return undefined;
    const fields = this.#fields;
    fields.begin(context.at, expectedVersion as number | undefined, id, stream);
    if (!isPlain(data) || !putData(fields, shape, data)) return undefined;
    const count = fields.decide(handle, shape.number, context);
    if (count === undefined) return undefined;
    if (count < 0) return JSON.parse(fields.refusal());

    const version = fields.version();
    const events: unknown[] = [];
    for (let index = 0; index < count; index += 1) {
      const { type, schema, names, kinds } = this.#events[fields.nextType()] as Shape;
      events.push({
        id: `${id}.${index}`,
        stream,
        version: version - count + index + 1,
        type,
        schema,
        at: context.at,
        actor: { id: context.actor.id, roles: context.actor.roles?.slice() ?? [] },
        command: id,
        domain: this.#domain,
        data: takeData(fields, names, kinds),
      });
    }
    const claims = fields.claims();
    if (claims === "") return { accepted: true, stream, version, events };
    return { accepted: true, stream, version, events, claims: JSON.parse(`[${claims}]`) };
  }
}

function shapeOf(number: number, type: string, schema: number, data: readonly Field[]): Shape {
  const kinds = data.map(({ type }) => {
    if (type === "text" || type === "id" || type === "uuid" || type === "stream") return "text";
    if (type === "integer" || type === "instant") return "integer";
    return type === "boolean" ? "boolean" : "json";
  });
  return { number, type, schema, names: data.map(({ name }) => name), kinds };
}

/** Puts the members of `data` that the shape names; false where it has others, or values of another kind. */
function putData(fields: Fields, { names, kinds }: Shape, data: Plain): boolean {
  let present = 0;
  for (let i = 0; i < names.length; i += 1) {
    const value = data[names[i] as string];
    const kind = kinds[i];
    if (value === undefined) {
      fields.absent();
      continue;
    }
    present += 1;
    if (kind === "text" && typeof value === "string") fields.text(value);
    else if (kind === "integer" && Number.isSafeInteger(value)) fields.number(value as number);
    else if (kind === "boolean" && typeof value === "boolean") fields.number(value ? 1 : 0);
    else return false;
  }
  return members(data) === present;
}

function takeData(fields: Fields, names: Shape["names"], kinds: Shape["kinds"]): Plain {
  const data: Plain = {};
  for (let i = 0; i < names.length; i += 1) {
    const kind = kinds[i];
    const value = kind === "text" || kind === "json" ? fields.nextText() : fields.nextNumber();
    if (value === undefined) continue;
    const name = names[i] as string;
    data[name] = kind === "json" ? JSON.parse(value as string) : kind === "boolean" ? value === 1 : value;
  }
  return data;
}

/** An object that has nothing from elsewhere. */
function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function members(object: object): number {
  let count = 0;
  for (const _ in object) count += 1;
  return count;
}

function isContext(context: unknown): context is Context {
  if (!isPlain(context) || !isPlain(context.actor)) return false;
  const { at, actor } = context;
  const { id, roles } = actor as Plain;
  return (
    Number.isSafeInteger(at) &&
    members(context) === 2 &&
    typeof id === "string" &&
    (roles === undefined || Array.isArray(roles)) &&
    members(actor as Plain) === (roles === undefined ? 1 : 2)
  );
}
