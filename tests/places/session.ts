// The bytes of requests and answers, as `crowbar-core --help` describes a session. Runs in Node and in a browser.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const newline = 10;
const space = 32;

export const operations = [
  "open",
  "restore",
  "view",
  "load",
  "pages",
  "fold",
  "apply",
  "decide",
  "act",
  "many",
  "version",
  "claims",
  "admits",
  "snapshot",
  "project",
  "begin",
  "bytes",
  "page",
  "touched",
  "checkpoint",
  "key",
  "keys",
  "close",
  "check",
] as const;
export type Operation = (typeof operations)[number];

/** What an operation is told: text, or bytes where they may be no text at all. */
export type Operand = string | Uint8Array;

export interface Request {
  readonly operation: Operation;
  readonly slot: number;
  readonly operands: readonly Uint8Array[];
}
export interface Answer {
  readonly yes: boolean;
  readonly bytes: Uint8Array;
}

export const bytesOf = (operand: Operand): Uint8Array =>
  typeof operand === "string" ? encoder.encode(operand) : operand;
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Bytes that grow at their end. */
export class Growing {
  #bytes = new Uint8Array(1 << 16);
  #size = 0;

  get size(): number {
    return this.#size;
  }
  push(part: Operand): void {
    const bytes = bytesOf(part);
    if (this.#size + bytes.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + bytes.length));
      larger.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.length;
  }
  taken(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}

/** A batch of requests under way. */
export class Batch {
  readonly #bytes = new Growing();
  #count = 0;

  /** How many requests there are: as many as there will be answers. */
  get count(): number {
    return this.#count;
  }
  get size(): number {
    return this.#bytes.size;
  }
  /** Adds a request and answers its number, from 0. */
  add(operation: Operation, slot: number, ...operands: readonly Operand[]): number {
    const parts = operands.map(bytesOf);
    this.#bytes.push(`${[operation, slot, ...parts.map((part) => part.length)].join(" ")}\n`);
    for (const part of parts) this.#bytes.push(part);
    this.#bytes.push("\n");
    return this.#count++;
  }
  taken(): Uint8Array {
    return this.#bytes.taken();
  }
}

/** Takes lines of words and counted bytes from the front of `bytes`. */
class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }
  words(): readonly string[] {
    const words: string[] = [];
    let word = "";
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new Error("A session's line does not end.");
      if (byte !== space && byte !== newline) {
        word += String.fromCharCode(byte);
        continue;
      }
      words.push(word);
      word = "";
      if (byte === newline) return words;
    }
  }
  take(size: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + size);
    if (taken.length !== size) throw new Error(`A session promised ${size} bytes and has ${taken.length}.`);
    this.#at += size;
    return taken;
  }
  newline(): void {
    if (this.#bytes[this.#at++] !== newline) throw new Error("A session's bytes do not end where they should.");
  }
}

export function* requestsIn(bytes: Uint8Array): Generator<Request> {
  const cursor = new Cursor(bytes);
  while (!cursor.done) {
    const [name, slot, ...sizes] = cursor.words();
    const operation = operations.find((each) => each === name);
    if (operation === undefined) throw new Error(`A session knows no operation ${name}.`);
    const operands = sizes.map((size) => cursor.take(Number(size)));
    cursor.newline();
    yield { operation, slot: Number(slot), operands };
  }
}

export function* answersIn(bytes: Uint8Array): Generator<Answer> {
  const cursor = new Cursor(bytes);
  while (!cursor.done) {
    const [word, size] = cursor.words();
    const taken = cursor.take(Number(size));
    cursor.newline();
    yield { yes: word === "yes", bytes: taken };
  }
}

/** The bytes of one answer. */
export function putAnswer(out: Growing, yes: boolean, bytes: Uint8Array): void {
  out.push(`${yes ? "yes" : "no"} ${bytes.length}\n`);
  out.push(bytes);
  out.push("\n");
}
