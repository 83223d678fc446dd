import type { Core } from "./core.ts";
import { type CommandFields, count, type Data, type EventFields, Fields, isPlain, type ObjectsOf } from "./fields.ts";
import type { Actor } from "./types.ts";

/**
 * Commands and verdicts that are objects. A command is handed over as its fields and a verdict comes back as the fields
 * of its events, so that no JSON is written or read on either side, and an event has the very strings of its command.
 * That is for what is plainly an object of just the members that the description names. Of everything else nothing is
 * said here (`undefined`), and JSON finds the words.
 */
export class Objects {
  readonly #fields: Fields;
  readonly #domain: string;
  readonly #commands: ReadonlyMap<unknown, CommandFields>;
  readonly #events: readonly EventFields[];
  // Commands of one kind mostly come together.
  #lastType: unknown;
  #last: CommandFields | undefined;

  constructor(core: Core, domain: string, { commands, events }: ObjectsOf[string]) {
    core.fields ??= new Fields(core);
    this.#fields = core.fields;
    this.#domain = domain;
    this.#commands = new Map(Object.entries(commands));
    this.#events = events;
  }

  decide(handle: number, command: unknown, context: unknown): unknown {
    if (typeof command !== "object" || command === null || typeof context !== "object" || context === null) {
      return undefined;
    }
    const { id, stream, type, expectedVersion, data } = command as Data;
    const { at, actor } = context as Data;
    if (typeof actor !== "object" || actor === null || typeof data !== "object" || data === null) return undefined;
    const { id: actorId, roles } = actor as Data;
    if (typeof id !== "string" || typeof stream !== "string" || typeof actorId !== "string") return undefined;
    if (!isPlain(command) || count(command) !== (expectedVersion === undefined ? 4 : 5)) return undefined;
    if (!isPlain(context) || count(context) !== 2 || !Number.isSafeInteger(at)) return undefined;
    if (!isPlain(actor) || count(actor) !== (roles === undefined ? 1 : 2)) return undefined;
    if (roles !== undefined && (!Array.isArray(roles) || "toJSON" in roles)) return undefined;
    if (expectedVersion !== undefined && !Number.isSafeInteger(expectedVersion)) return undefined;
    const shape = type === this.#lastType ? this.#last : this.#find(type);
    if (shape === undefined) return undefined;

    const fields = this.#fields;
    fields.begin(at as number, expectedVersion as number | undefined, id, stream);
    if (!shape.put(fields, data as Data)) return undefined;
    const number = fields.decide(handle, shape.number, context, actor as Actor);
    if (number === undefined) return undefined;
    if (number < 0) return JSON.parse(fields.refusal());

    const version = fields.version();
    const moment = (at as number) + 0; // -0 is 0 in JSON, and so here
    const events: unknown[] = [];
    for (let index = 0; index < number; index += 1) {
      const event = this.#events[fields.takeType()] as EventFields;
      events[index] = {
        id: id + (index === 0 ? ".0" : `.${index}`),
        stream,
        version: version - number + index + 1,
        type: event.type,
        schema: event.schema,
        at: moment,
        actor: { id: actorId, roles: roles === undefined || roles.length === 0 ? [] : roles.slice() },
        command: id,
        domain: this.#domain,
        data: event.take(fields),
      };
    }
    const claims = fields.claims();
    if (claims === "") return { accepted: true, stream, version, events };
    return { accepted: true, stream, version, events, claims: JSON.parse(`[${claims}]`) };
  }

  #find(type: unknown): CommandFields | undefined {
    this.#lastType = type;
    this.#last = this.#commands.get(type);
    return this.#last;
  }
}
