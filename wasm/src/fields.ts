import { type Core, encoder, wellFormed } from "./core.ts";
import type { Actor, Context } from "./types.ts";

/** Numbers that stand before the texts; domain/kernel/fields.hpp says which. */
const mostNumbers = 32;
const textsStart = mostNumbers * 8;
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
  #count = 0;
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
    this.#count = 0;
    this.#all = "";
    this.number(at);
    if (expectedVersion === undefined) this.absent();
    else this.number(expectedVersion);
    this.text(id);
    this.text(stream);
  }
  text(value: string): void {
    this.#values[this.#count] = value;
    this.#put(value.length, 0);
    this.#all += value;
  }
  /** A safe integer, as the two halves of one of 64 bits. */
  number(value: number): void {
    this.#values[this.#count] = undefined;
    this.#put(value, Math.floor(value / 2 ** 32));
  }
  absent(): void {
    this.#values[this.#count] = undefined;
    this.#put(0, absentHigh);
  }
  #put(low: number, high: number): void {
    if (this.#count === mostNumbers) return;
    this.#numbers[2 * this.#count] = low;
    this.#numbers[2 * this.#count + 1] = high;
    this.#count += 1;
  }

  /**
   * Decides the command that was begun. Answers how many events follow, or -1 where the verdict is a refusal, or
   * undefined where nothing was decided.
   */
  decide(handle: number, command: number, context: Context): number | undefined {
    if (this.#all.length > mostUnits || this.#count === mostNumbers) return undefined;
    let size = encoder.encodeInto(this.#all, this.#texts).written;
    if (size !== this.#all.length) {
      size = this.#encodeEach();
      if (size < 0) return undefined;
    }
    const contextSize = this.#contextAfter(size, context);
    if (contextSize < 0) return undefined;
    this.#core.decideFields(handle, command, this.#count, size, contextSize);
    if (this.#core.memory() !== this.#memory) this.#look(this.#core.memory(), this.#input);
    this.#answer = this.#core.answerPlace();
    const outcome = this.#words[this.#answer >> 2];
    if (outcome === notInOrder) return undefined;
    if (contextSize > 0) this.#core.given = copyOf(context.actor);
    this.#next = (this.#answer + 32) >> 2;
    return outcome === accepted ? (this.#words[(this.#answer >> 2) + 1] as number) : -1;
  }

  // Not all is ASCII, so sizes are not lengths: each text by itself. Half a surrogate pair is for JSON to refuse.
  #encodeEach(): number {
    let size = 0;
    for (let i = 0; i < this.#count; i += 1) {
      const value = this.#values[i];
      if (value === undefined) continue;
      if (wellFormed(value) !== value) return -1;
      const { written } = encoder.encodeInto(value, this.#texts.subarray(size));
      this.#numbers[2 * i] = written;
      size += written;
    }
    return size;
  }

  // The context as JSON behind the texts, unless the module knows all of it but the moment. 0 says so.
  #contextAfter(size: number, context: Context): number {
    if (this.#core.given !== undefined && isSame(this.#core.given, context.actor)) return 0;
    this.#core.given = undefined;
    const text = JSON.stringify(context);
    if (3 * text.length > this.#texts.length - size) return -1;
    return encoder.encodeInto(wellFormed(text), this.#texts.subarray(size)).written;
  }

  /** Of an accepted verdict: the stream's version. */
  version(): number {
    return this.#numberAt((this.#answer + 8) >> 2);
  }
  /** The type of the next event, by its number in the description. Its fields follow, one by one. */
  nextType(): number {
    const type = this.#words[this.#next] as number;
    this.#next += 2;
    return type;
  }
  nextNumber(): number | undefined {
    const isThere = (this.#words[this.#next + 1] as number) >> 0 !== absentHigh;
    const value = this.#numberAt(this.#next);
    this.#next += 2;
    return isThere ? value : undefined;
  }
  #numberAt(word: number): number {
    return ((this.#words[word + 1] as number) >> 0) * 2 ** 32 + (this.#words[word] as number);
  }
  /** A text: the command's own where it is the same. */
  nextText(): string | undefined {
    const place = this.#words[this.#next] as number;
    const size = this.#words[this.#next + 1] as number;
    this.#next += 2;
    if (size === echo) return this.#values[place + 2];
    return size === absent ? undefined : this.#textAt(place, size);
  }
  /** The claims, as the items of a JSON list; empty where there are none. */
  claims(): string {
    const head = this.#answer >> 2;
    const size = this.#words[head + 6] as number;
    return size === 0 ? "" : this.#textAt(this.#words[head + 5] as number, size);
  }
  /** A refused verdict, as JSON. */
  refusal(): string {
    return this.#core.answerText(32);
  }
  #textAt(place: number, size: number): string {
    const at = this.#answer + (this.#words[(this.#answer >> 2) + 4] as number) + place;
    return this.#core.textAt(at, size);
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
  if (a.id !== b.id || a.roles?.length !== b.roles?.length) return false;
  return a.roles === undefined || a.roles.every((role, index) => role === b.roles?.[index]);
}
