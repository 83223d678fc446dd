import { CoreUnavailable, CrowbarError } from "./errors.ts";
import type { Fields } from "./fields.ts";
import type { Actor, Events } from "./types.ts";

/** The functions that wasm/bindings.cpp binds; it says what each is. */
interface Bindings {
  readonly HEAPU8: Uint8Array;
  input(size: number): number;
  answer(): number;
  setDomain(size: number): void;
  open(aggregate: number, stream: number): number;
  fold(handle: number, size: number): boolean;
  apply(handle: number, size: number): boolean;
  _crowbar_decide(handle: number, command: number, context: number): number;
  _crowbar_decide_fields(handle: number, command: number, numbers: number, text: number, context: number): number;
  decideMany(handle: number, commands: number, context: number): boolean;
  version(handle: number): number;
  claims(handle: number): boolean;
  snapshot(handle: number): boolean;
  restore(size: number): number;
  view(size: number): number;
  loadView(size: number): number;
  pages(key: number, stored: number): number;
  project(handle: number, size: number): boolean;
  beginAfter(handle: number, stream: number, version: number): boolean;
  viewBytes(handle: number): boolean;
  pageBytes(handle: number, page: number): boolean;
  touched(handle: number): boolean;
  viewCheckpoint(handle: number): boolean;
  viewKey(handle: number): boolean;
  viewKeys(handle: number, size: number): boolean;
  close(handle: number): boolean;
  check(size: number): boolean;
}

/** What Emscripten's glue exports: fills the object that it is given, at once where it is instantiated at once. */
export type CreateModule = (options: {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): WebAssembly.Exports;
}) => Promise<unknown>;

export const encoder = new TextEncoder();
const decoder = new TextDecoder();
const loneSurrogate = /\p{Surrogate}/u;
const anySurrogate = /\p{Surrogate}/gu;

// Half a surrogate pair made visible: an encoder would put U+FFFD in its place without a word, and another text than
// the caller's would be decided. As an escape the strict reader refuses it by name.
export function wellFormed(text: string): string {
  const checked = text as string & { isWellFormed?(): boolean };
  if (checked.isWellFormed ? checked.isWellFormed() : !loneSurrogate.test(text)) return text;
  return text.replace(anySurrogate, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

/** UTF-8 of a text, in which half a surrogate pair stays visible. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(wellFormed(text));
}

/** In place of a context's size: the one that the module knows. */
const sameContext = 0xffff_ffff;

/** Node's own view of memory reads a text out of it without a view of just that text. */
interface NodeBuffer {
  toString(encoding: "utf8", start: number, end: number): string;
}
function bufferOver(memory: ArrayBufferLike): NodeBuffer | undefined {
  // By name of the global object, so that no bundler brings a Buffer of its own.
  const host = globalThis as { Buffer?: { from(memory: ArrayBufferLike): NodeBuffer } };
  return host.Buffer?.from(memory);
}

/** Most bytes that are handed over at once: longer NDJSON goes in pieces, so that the module's memory stays small. */
const chunkSize = 1 << 18;
const newline = 10;
/** Bytes of a buffer that short answers share: some twenty verdicts. */
const slabSize = 1 << 14;

// Embind wants just as many arguments as the function has, so the functions are known by their number of arguments.
type OfArity<Arguments extends readonly unknown[]> = {
  [K in keyof Bindings]: Bindings[K] extends (...args: infer P) => boolean | number
    ? P["length"] extends Arguments["length"]
      ? K
      : never
    : never;
}[keyof Bindings];
type One = OfArity<[1]>;
type Two = OfArity<[1, 2]>;
type Three = OfArity<[1, 2, 3]>;

/**
 * One instance of the module and its memory. After a trap it is never called again (it would answer, with half-changed
 * state): a new one takes its place, made from the compiled module, and `generation` counts on.
 */
export class Core {
  generation = 0;
  /** For commands that come as objects; made with the first of them. */
  fields: Fields | undefined;
  /** Whose context the module has, where a command that came as an object told it last. */
  given: Actor | undefined;
  readonly #createModule: CreateModule;
  readonly #module: WebAssembly.Module;
  readonly #hash: Uint8Array;
  #bindings!: Bindings;
  #decide!: Bindings["_crowbar_decide"];
  #decideFields!: Bindings["_crowbar_decide_fields"];
  #memory!: Uint8Array;
  #words!: Uint32Array;
  #input!: Uint8Array;
  #inputAt = 0;
  #inputOf = -1;
  #buffer: NodeBuffer | undefined;
  #context: string | undefined;
  #inputSize = 0;
  #firstSize = 0;
  #secondSize = 0;
  #answerAt = 0;
  #slab!: ArrayBuffer;
  #slabUsed = slabSize;

  constructor(createModule: CreateModule, module: WebAssembly.Module, hash: string) {
    this.#createModule = createModule;
    this.#module = module;
    this.#hash = encoder.encode(hash);
    this.#start();
  }

  #start(): void {
    const started = {
      instantiateWasm: (
        imports: WebAssembly.Imports,
        done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
      ) => {
        const instance = new WebAssembly.Instance(this.#module, imports);
        done(instance, this.#module);
        return instance.exports;
      },
    };
    // Instantiated at once, the glue has filled the object when it returns; its promise says nothing more.
    void this.#createModule(started).catch(() => {});
    this.#bindings = started as unknown as Bindings;
    this.#inputSize = 0;
    this.#answerAt = this.#bindings.answer() >> 2;
    // The glue puts the module's own functions in the place of its stubs when these are called first; kept by
    // themselves, they are not looked up in its large object each time. No handle is 0: nothing is decided here.
    this.#bindings._crowbar_decide(0, 0, 0);
    this.#bindings._crowbar_decide_fields(0, 0, 0, 0, 0);
    this.#decide = this.#bindings._crowbar_decide;
    this.#decideFields = this.#bindings._crowbar_decide_fields;
    this.put(this.#hash);
    this.#bindings.setDomain(this.#hash.length);
  }

  /** Replaces the instance after a trap; answers what to throw. */
  #replace(cause: unknown): CoreUnavailable {
    this.generation += 1;
    this.forgetContext();
    this.#start();
    return new CoreUnavailable("The module has stopped and was replaced; open and fold again.", { cause });
  }

  /** Calls `name` and answers what it answers; a trap replaces the instance and is told as `CoreUnavailable`. */
  one(name: One, a: number): number | boolean {
    try {
      return this.#bindings[name](a) as number | boolean;
    } catch (cause) {
      throw this.#replace(cause);
    }
  }
  two(name: Two, a: number, b: number): number | boolean {
    try {
      return this.#bindings[name](a, b);
    } catch (cause) {
      throw this.#replace(cause);
    }
  }
  three(name: Three, a: number, b: number, c: number): number | boolean {
    try {
      return this.#bindings[name](a, b, c);
    } catch (cause) {
      throw this.#replace(cause);
    }
  }
  /** What the module knows of a context is about to change. */
  forgetContext(): void {
    this.given = undefined;
    this.#context = undefined;
  }
  /** The hot one, by itself so that it stays one call. */
  decide(handle: number, command: number, context: number): void {
    this.forgetContext();
    try {
      if (this.#decide(handle, command, context)) return;
    } catch (cause) {
      throw this.#replace(cause);
    }
    throw this.refusal();
  }
  /** The same for a command that lies there as its fields; answers where the verdict's fields lie. See fields.ts. */
  decideFields(handle: number, command: number, numbers: number, text: number, context: number): number {
    this.#context = undefined;
    let answered: number;
    try {
      answered = this.#decideFields(handle, command, numbers, text, context);
    } catch (cause) {
      throw this.#replace(cause);
    }
    if (!answered) throw this.refusal();
    this.#fresh();
    return this.#words[this.#answerAt] as number;
  }
  /** What a call has answered, where a no (false, or no handle) is an error. */
  need<T extends number | boolean>(answered: T): number {
    if (!answered) throw this.refusal();
    return Number(answered);
  }
  version(handle: number): number {
    return this.#bindings.version(handle);
  }

  /** Puts bytes into the module's memory, one after the other, for the call that follows. */
  put(first: Uint8Array, second?: Uint8Array): void {
    const size = second === undefined ? first.length : first.length + second.length;
    if (size > this.#inputSize) this.#grow(size);
    const memory = this.#fresh();
    memory.set(first, this.#inputAt);
    if (second !== undefined) memory.set(second, this.#inputAt + first.length);
  }

  /** The same for texts, encoded where they go; `#firstSize` and `#secondSize` say how many bytes they are. */
  #putTexts(first: string, second: string): void {
    const a = wellFormed(first);
    const b = wellFormed(second);
    const most = 3 * (a.length + b.length);
    if (most > this.#inputSize) this.#grow(most);
    this.#fresh();
    this.#firstSize = encoder.encodeInto(a, this.#input).written;
    this.#secondSize = b === "" ? 0 : encoder.encodeInto(b, this.#input.subarray(this.#firstSize)).written;
  }
  /** Decides a command from text to text. One context often serves many commands, and is told once. */
  decideText(handle: number, command: string, context: string): string {
    if (context === this.#context) {
      this.#putTexts(command, "");
      this.decide(handle, this.#firstSize, sameContext);
    } else {
      this.#putTexts(command, context);
      this.decide(handle, this.#firstSize, this.#secondSize);
    }
    this.#context = context;
    return this.answerText();
  }

  /** Where `size` bytes may be put for the next call. */
  room(size: number): number {
    if (size > this.#inputSize) this.#grow(size);
    return this.#inputAt;
  }
  memory(): Uint8Array {
    return this.#fresh();
  }

  #grow(size: number): void {
    try {
      this.#inputAt = this.#bindings.input(size) >>> 0;
    } catch (cause) {
      throw this.#replace(cause);
    }
    this.#inputSize = size;
  }

  // Memory that has grown is another buffer; the glue keeps HEAPU8 up to date.
  #fresh(): Uint8Array {
    const memory = this.#bindings.HEAPU8;
    if (memory !== this.#memory || this.#inputAt !== this.#inputOf) this.#look(memory);
    return memory;
  }

  #look(memory: Uint8Array): void {
    this.#memory = memory;
    this.#words = new Uint32Array(memory.buffer);
    this.#inputOf = this.#inputAt;
    this.#input = memory.subarray(this.#inputAt, this.#inputAt + this.#inputSize);
    this.#buffer = bufferOver(memory.buffer);
  }

  /** The answer of the last call: a view into the module's memory, good until the next call. */
  answer(): Uint8Array {
    const memory = this.#fresh();
    const at = this.#words[this.#answerAt] as number;
    return memory.subarray(at, at + (this.#words[this.#answerAt + 1] as number));
  }
  answerText(from = 0): string {
    this.#fresh();
    const at = this.#words[this.#answerAt] as number;
    return this.textAt(at + from, (this.#words[this.#answerAt + 1] as number) - from);
  }
  textAt(at: number, size: number): string {
    const memory = this.#fresh();
    const end = at + size;
    return this.#buffer === undefined
      ? decoder.decode(memory.subarray(at, end))
      : this.#buffer.toString("utf8", at, end);
  }
  /** A copy of the answer, for good. Short ones share a buffer: to allocate one each costs twice what a decision does. */
  answerBytes(): Uint8Array {
    const answer = this.answer();
    const size = answer.length;
    if (size > slabSize >> 2) return answer.slice();
    if (size > slabSize - this.#slabUsed) {
      this.#slab = new ArrayBuffer(slabSize);
      this.#slabUsed = 0;
    }
    const bytes = new Uint8Array(this.#slab, this.#slabUsed, size);
    bytes.set(answer);
    this.#slabUsed += size;
    return bytes;
  }
  /** The answer of a call that said no, as an error. */
  refusal(): CrowbarError {
    return new CrowbarError(JSON.parse(this.answerText()));
  }

  /** Hands NDJSON to `name` in pieces that end at a line's end. */
  lines(name: "fold" | "project", handle: number, bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      let end = Math.min(at + chunkSize, bytes.length);
      if (end < bytes.length) {
        const last = bytes.lastIndexOf(newline, end - 1);
        const next = last >= at ? last : bytes.indexOf(newline, end);
        end = next < 0 ? bytes.length : next + 1;
      }
      const piece = bytes.subarray(at, end);
      this.put(piece);
      if (!this.two(name, handle, piece.length)) throw this.#refusalAfter(bytes.subarray(0, at));
      at = end;
    }
  }

  // The module counts the lines of its piece; those before it are counted here, once something is wrong.
  #refusalAfter(before: Uint8Array): CrowbarError {
    const refusal = JSON.parse(this.answerText());
    if (typeof refusal.params?.line === "number") refusal.params.line += countLines(before);
    return new CrowbarError(refusal);
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** Stored events as NDJSON bytes. */
export function ndjson(events: Events): Uint8Array {
  if (events instanceof Uint8Array) return events;
  if (typeof events === "string") return bytesOf(events);
  return bytesOf(events.map((event) => JSON.stringify(event)).join("\n"));
}
