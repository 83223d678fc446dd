// The module as the build leaves it, without the package around it: the raw bindings of wasm/bindings.cpp behind the
// language of sessions. Runs in Node and in a browser.
import { type Answer, bytesOf, Growing, putAnswer, type Request, requestsIn, textOf } from "./session.ts";

type Handle = number;
const none = new Uint8Array(0);

/** What wasm/bindings.cpp exports. Numbers are handles, sizes and addresses. */
export interface Bindings {
  readonly HEAPU8: Uint8Array;
  readonly input: (size: number) => number;
  readonly answer: () => number;
  readonly setDomain: (size: number) => void;
  readonly open: (aggregate: number, stream: number) => Handle;
  readonly fold: (handle: Handle, events: number) => boolean;
  readonly apply: (handle: Handle, verdict: number) => boolean;
  readonly _crowbar_decide: (handle: Handle, command: number, context: number) => number;
  readonly decideMany: (handle: Handle, commands: number, context: number) => boolean;
  readonly version: (handle: Handle) => number;
  readonly claims: (handle: Handle) => boolean;
  readonly admits: (handle: Handle, actor: number) => boolean;
  readonly snapshot: (handle: Handle) => boolean;
  readonly restore: (bytes: number) => Handle;
  readonly view: (key: number) => Handle;
  readonly loadView: (bytes: number) => Handle;
  readonly pages: (key: number, stored: number) => Handle;
  readonly project: (handle: Handle, events: number) => boolean;
  readonly beginAfter: (handle: Handle, stream: number, version: number) => boolean;
  readonly viewBytes: (handle: Handle) => boolean;
  readonly pageBytes: (handle: Handle, page: number) => boolean;
  readonly touched: (handle: Handle) => boolean;
  readonly viewCheckpoint: (handle: Handle) => boolean;
  readonly viewKey: (handle: Handle) => boolean;
  readonly viewKeys: (handle: Handle, event: number) => boolean;
  readonly close: (handle: Handle) => boolean;
  readonly check: (bytes: number) => boolean;
}

/** A module's factory, as the glue beside it exports it. */
export type Factory = (options: { readonly wasmBinary: Uint8Array }) => Promise<Bindings>;

export class ModuleSession {
  readonly #core: Bindings;
  readonly #answer: number;
  readonly #slots: Handle[] = [];

  constructor(core: Bindings, domain = "") {
    this.#core = core;
    this.#answer = core.answer();
    if (domain !== "") core.setDomain(this.#put([bytesOf(domain)])[0] ?? 0);
  }

  /** Answers a batch of requests. Throws where the module traps, and says at which request. */
  run(requests: Uint8Array): Uint8Array {
    const out = new Growing();
    for (const request of requestsIn(requests)) {
      try {
        const { yes, bytes } = this.#perform(request);
        putAnswer(out, yes, bytes);
      } catch (cause) {
        const operands = request.operands.map((operand) => JSON.stringify(textOf(operand.subarray(0, 2_000))));
        throw new Error(`The module broke at: ${request.operation} ${request.slot} ${operands.join(" ")}`, { cause });
      }
    }
    return out.taken();
  }

  /** Writes the operands one after the other into the module's input and answers their sizes. */
  #put(operands: readonly Uint8Array[]): readonly number[] {
    const sizes = operands.map((operand) => operand.length);
    let at = this.#core.input(sizes.reduce((sum, size) => sum + size, 0));
    for (const operand of operands) {
      this.#core.HEAPU8.set(operand, at);
      at += operand.length;
    }
    return sizes;
  }

  #told(yes: boolean): Answer {
    const memory = this.#core.HEAPU8;
    const words = new DataView(memory.buffer, this.#answer, 8);
    const at = words.getUint32(0, true);
    return { yes, bytes: memory.slice(at, at + words.getUint32(4, true)) };
  }
  #opened(slot: number, handle: Handle): Answer {
    this.#slots[slot] = handle;
    return this.#told(handle !== 0);
  }
  #said(text: string, yes: boolean): Answer {
    return { yes, bytes: bytesOf(text) };
  }

  /** Decides, and where the verdict is accepted, evolves. */
  #act(handle: Handle, command: number, context: number): Answer {
    const verdict = this.#told(this.#core._crowbar_decide(handle, command, context) !== 0);
    if (!verdict.yes || !textOf(verdict.bytes.subarray(0, 16)).startsWith('{"accepted":true')) return verdict;
    const [size = 0] = this.#put([verdict.bytes]);
    return this.#core.apply(handle, size) ? verdict : this.#told(false);
  }

  #perform({ operation, slot, operands }: Request): Answer {
    const core = this.#core;
    const handle = this.#slots[slot] ?? 0;
    const number = operation === "begin" || operation === "page" ? Number(textOf(operands.at(-1) ?? none)) : 0;
    const [first = 0, second = 0] = this.#put(operands);
    switch (operation) {
      case "open":
        return this.#opened(slot, core.open(first, second));
      case "restore":
        return this.#opened(slot, core.restore(first));
      case "view":
        return this.#opened(slot, core.view(first));
      case "load":
        return this.#opened(slot, core.loadView(first));
      case "pages":
        return this.#opened(slot, core.pages(first, second));
      case "fold":
        return this.#told(core.fold(handle, first));
      case "apply":
        return this.#told(core.apply(handle, first));
      case "decide":
        return this.#told(core._crowbar_decide(handle, first, second) !== 0);
      case "act":
        return this.#act(handle, first, second);
      case "many":
        return this.#told(core.decideMany(handle, first, second));
      case "version": {
        const version = core.version(handle);
        return this.#said(String(version), version >= 0);
      }
      case "claims":
        return this.#told(core.claims(handle));
      case "admits":
        return this.#told(core.admits(handle, first));
      case "snapshot":
        return this.#told(core.snapshot(handle));
      case "project":
        return this.#told(core.project(handle, first));
      case "begin":
        return this.#told(core.beginAfter(handle, first, number));
      case "bytes":
        return this.#told(core.viewBytes(handle));
      case "page":
        return this.#told(core.pageBytes(handle, number));
      case "touched":
        return this.#told(core.touched(handle));
      case "checkpoint":
        return this.#told(core.viewCheckpoint(handle));
      case "key":
        return this.#told(core.viewKey(handle));
      case "keys":
        return this.#told(core.viewKeys(handle, first));
      case "close":
        return this.#told(core.close(handle));
      case "check":
        return this.#told(core.check(first));
    }
  }
}

/** A session over a module of which the glue and the bytes are at hand. */
export async function openModule(factory: Factory, wasm: Uint8Array, domain?: string): Promise<ModuleSession> {
  return new ModuleSession(await factory({ wasmBinary: wasm }), domain);
}
