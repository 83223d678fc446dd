import { encoder, wellFormed } from "./bytes.ts";
import type { Core } from "./core.ts";
import type { Actor } from "./types.ts";

/** The data of a command or an event. */
export type Data = Record<string, unknown>;

/** What is generated for a context: how its commands are taken apart and the data of its events is put together. */
export type ObjectsOf = {
  readonly [aggregate: string]: {
    readonly commands: { readonly [type: string]: CommandFields };
    /** In the order of the description. */
    readonly events: readonly EventFields[];
  };
};
export interface CommandFields {
  /** Its place in the description. */
  readonly number: number;
  /** Puts the data's members; false where it has others, or values of another kind. */
  readonly put: (fields: Fields, data: Data) => boolean;
}
export interface EventFields {
  readonly type: string;
  readonly schema: number;
  readonly take: (fields: Fields) => Data;
}

/** An object that has nothing from elsewhere. */
export function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}
/** How many members an object has, its own and those from elsewhere. */
export function count(value: object): number {
  let members = 0;
  for (const _ in value) members += 1;
  return members;
}

/** Numbers that stand before the texts; domain/kernel/fields.hpp says which. */
const mostNumbers = 32;
const textsStart = mostNumbers * 8;
const headSize = 32;
/** Longer commands go as JSON: so many code units fit the room below, whatever they are. */
const mostUnits = 1 << 13;
const room = textsStart + 2 * 3 * mostUnits;

const accepted = 1;
const notInOrder = 2;
const echo = 0xffff_ffff;
const absent = 0xffff_fffe;
/** The upper half of what stands for an absent number. */
const absentHigh = -(2 ** 31);

/** The module's side of one command after the other, each as its fields, and of the verdict's fields. */
export class Fields {
  readonly #core: Core;
  #memory: Uint8Array | undefined;
  #input = 0;
  #numbers!: Int32Array;
  #texts!: Uint8Array;
  #words!: Uint32Array;
  readonly #values: (string | undefined)[] = [];
  #all = "";
  #size = 0;
  #present = 0;
  /** Which text is not an id, where there is just one such; -1 where there are more. */
  #free = 0;
  #answer = 0;
  #next = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Begins a command: `at`, the version that it expects, its id and its stream. */
  begin(at: number, expectedVersion: number | undefined, id: string, stream: string): void {
    const input = this.#core.room(room);
    const memory = this.#core.memory();
    if (memory !== this.#memory || input !== this.#input) this.#look(memory, input);
    this.#size = 0;
    this.#free = 0;
    this.#number(at);
    if (expectedVersion === undefined) this.#absent();
    else this.#number(expectedVersion);
    const numbers = this.#numbers;
    numbers[4] = id.length;
    numbers[5] = 0;
    numbers[6] = stream.length;
    numbers[7] = 0;
    this.#values[2] = id;
    this.#values[3] = stream;
    this.#size = 4;
    this.#all = id + stream;
    this.#present = 0;
  }

  putId(value: unknown): boolean {
    if (typeof value !== "string" || this.#size === mostNumbers) return false;
    const at = this.#size++;
    this.#values[at] = value;
    this.#numbers[2 * at] = value.length;
    this.#numbers[2 * at + 1] = 0;
    this.#all += value;
    this.#present += 1;
    return true;
  }
  putText(value: unknown): boolean {
    this.#free = this.#free === 0 ? this.#size : -1;
    return this.putId(value);
  }
  putInteger(value: unknown): boolean {
    this.#present += 1;
    return Number.isSafeInteger(value) && this.#number(value as number);
  }
  putBoolean(value: unknown): boolean {
    this.#present += 1;
    return typeof value === "boolean" && this.#number(value ? 1 : 0);
  }
  putOptionalId(value: unknown): boolean {
    return value === undefined ? this.#absent() : this.putId(value);
  }
  putOptionalText(value: unknown): boolean {
    return value === undefined ? this.#absent() : this.putText(value);
  }
  putOptionalInteger(value: unknown): boolean {
    return value === undefined ? this.#absent() : this.putInteger(value);
  }
  putOptionalBoolean(value: unknown): boolean {
    return value === undefined ? this.#absent() : this.putBoolean(value);
  }
  /** Has the data no members but those that were put? */
  areAllOf(data: Data): boolean {
    return count(data) === this.#present;
  }

  // A safe integer, as the two halves of one of 64 bits.
  #number(value: number): boolean {
    if (this.#size === mostNumbers) return false;
    const at = this.#size++;
    this.#values[at] = undefined;
    this.#numbers[2 * at] = value;
    this.#numbers[2 * at + 1] = Math.floor(value / 2 ** 32);
    return true;
  }
  #absent(): boolean {
    if (this.#size === mostNumbers) return false;
    const at = this.#size++;
    this.#values[at] = undefined;
    this.#numbers[2 * at] = 0;
    this.#numbers[2 * at + 1] = absentHigh;
    return true;
  }

  /**
   * Decides the command that was begun. Answers how many events follow, or -1 where the verdict is a refusal, or
   * undefined where nothing was decided.
   */
  decide(handle: number, command: number, context: object, actor: Actor): number | undefined {
    const core = this.#core;
    const all = this.#all;
    if (all.length > mostUnits) return undefined;
    const size = encoder.encodeInto(all, this.#texts).written;
    if (size !== all.length && !this.#measure(size)) return undefined;
    let contextSize = 0;
    if (core.given === undefined || !isSame(core.given, actor)) {
      contextSize = this.#putContext(size, context);
      if (contextSize === 0) return undefined;
    }
    this.#answer = core.decideFields(handle, command, this.#size, size, contextSize);
    const memory = core.memory();
    if (memory !== this.#memory) this.#look(memory, this.#input);
    const head = this.#answer >> 2;
    const outcome = this.#words[head];
    if (outcome === notInOrder) return undefined;
    if (contextSize > 0) core.given = copyOf(actor);
    this.#next = head + (headSize >> 2);
    return outcome === accepted ? (this.#words[head + 1] as number) : -1;
  }

  // Not all is ASCII, so sizes are not lengths. Half a surrogate pair is for JSON to refuse. Ids are ASCII: where one
  // text is free to be otherwise the rest of the bytes is its.
  #measure(size: number): boolean {
    if (wellFormed(this.#all) !== this.#all) return false;
    if (this.#free > 0) {
      this.#numbers[2 * this.#free] = (this.#values[this.#free] as string).length + size - this.#all.length;
      return true;
    }
    for (let at = 0; at < this.#size; at += 1) {
      const value = this.#values[at];
      if (value !== undefined) this.#numbers[2 * at] = encoder.encode(value).length;
    }
    return true;
  }

  // The context as JSON behind the texts: the module knows another one, or none.
  #putContext(size: number, context: object): number {
    this.#core.given = undefined;
    const text = wellFormed(JSON.stringify(context));
    if (3 * text.length > this.#texts.length - size) return 0;
    return encoder.encodeInto(text, this.#texts.subarray(size)).written;
  }

  /** Of an accepted verdict: the stream's version. */
  version(): number {
    return this.#numberAt((this.#answer >> 2) + 2);
  }
  /** The type of the next event, by its place in the description. Its fields follow, one by one. */
  takeType(): number {
    const type = this.#words[this.#next] as number;
    this.#next += 2;
    return type;
  }
  takeInteger(): number | undefined {
    const at = this.#next;
    this.#next += 2;
    return (this.#words[at + 1] as number) >> 0 === absentHigh ? undefined : this.#numberAt(at);
  }
  takeBoolean(): boolean | undefined {
    const value = this.takeInteger();
    return value === undefined ? undefined : value === 1;
  }
  /** A text: the command's own where it is the same. */
  takeText(): string | undefined {
    const place = this.#words[this.#next] as number;
    const size = this.#words[this.#next + 1] as number;
    this.#next += 2;
    if (size === echo) return this.#values[place + 2];
    return size === absent ? undefined : this.#textAt(place, size);
  }
  takeJson(): unknown {
    const text = this.takeText();
    return text === undefined ? undefined : JSON.parse(text);
  }
  /** The claims, as the items of a JSON list; empty where there are none. */
  claims(): string {
    const head = this.#answer >> 2;
    const size = this.#words[head + 6] as number;
    return size === 0 ? "" : this.#textAt(this.#words[head + 5] as number, size);
  }
  /** A refused verdict, as JSON. */
  refusal(): string {
    return this.#core.answerText(headSize);
  }
  #textAt(place: number, size: number): string {
    return this.#core.textAt(this.#answer + (this.#words[(this.#answer >> 2) + 4] as number) + place, size);
  }
  #numberAt(word: number): number {
    return ((this.#words[word + 1] as number) >> 0) * 2 ** 32 + (this.#words[word] as number);
  }

  #look(memory: Uint8Array, input: number): void {
    this.#memory = memory;
    this.#input = input;
    this.#numbers = new Int32Array(memory.buffer, input, 2 * mostNumbers);
    this.#texts = memory.subarray(input + textsStart, input + room);
    this.#words = new Uint32Array(memory.buffer);
  }
}

function copyOf({ id, roles }: Actor): Actor {
  return roles === undefined ? { id } : { id, roles: roles.slice() };
}

function isSame(a: Actor, b: Actor): boolean {
  if (a.id !== b.id) return false;
  if (a.roles === undefined || b.roles === undefined) return a.roles === b.roles;
  if (a.roles.length !== b.roles.length) return false;
  for (let i = 0; i < a.roles.length; i += 1) if (a.roles[i] !== b.roles[i]) return false;
  return true;
}
