import type { Bindings, CreateModule, One, Three, Two } from "./bindings.ts";
import { bufferOver, countLines, decoder, encoder, type NodeBuffer, newline, wellFormed } from "./bytes.ts";
import { CoreUnavailable, CrowbarError } from "./errors.ts";
import type { Fields } from "./fields.ts";
import { keepHere } from "./host.ts";
import type { Actor } from "./types.ts";

/** In place of a context's size: the one that the module knows. */
const sameContext = 0xffff_ffff;

/** Most bytes that are handed over at once: longer NDJSON goes in pieces, so that the module's memory stays small. */
const chunkSize = 1 << 18;
/** Bytes of a buffer that short answers share: some twenty verdicts. */
const slabSize = 1 << 14;

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
      // A larger number would lose its upper bits on the way, and look small.
      this.#inputAt = this.#bindings.input(Math.min(size, 0xffff_ffff)) >>> 0;
    } catch (cause) {
      throw this.#replace(cause);
    }
    this.#inputSize = size;
    this.#inputOf = -1; // looked at anew, also where the room has grown in its place
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
  /**
   * A copy of the answer, for good. Short ones share a buffer, because to allocate one each costs twice what a decision
   * does; but only where the host can forbid that somebody transfers it, and all the other answers with it.
   */
  answerBytes(): Uint8Array {
    const answer = this.answer();
    const size = answer.length;
    if (size > slabSize >> 2) return answer.slice();
    if (size > slabSize - this.#slabUsed) {
      const slab = new ArrayBuffer(slabSize);
      if (!keepHere(slab)) return answer.slice();
      this.#slab = slab;
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
