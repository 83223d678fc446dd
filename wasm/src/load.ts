import type { CreateModule } from "./bindings.ts";
import type { Catalog } from "./catalog.ts";
import { Core } from "./core.ts";
import { Domain } from "./domain.ts";
import { CrowbarError } from "./errors.ts";
import type { ObjectsOf } from "./fields.ts";
import { nodeModule } from "./host.ts";
import type { ContextTypes } from "./types.ts";

/** Where the module comes from, in place of the one that is inlined. Its sha-256 has to be the package's. */
export type ModuleSource = URL | Response | PromiseLike<Response> | ArrayBuffer | Uint8Array | WebAssembly.Module;

/** What `load` may be told. */
export interface LoadOptions {
  readonly wasm?: ModuleSource;
}

/** What a built package knows of a context's module. */
export interface Build {
  readonly createModule: CreateModule;
  readonly hash: string;
  readonly catalog: Catalog;
  /** How its commands and events are objects. */
  readonly objects: ObjectsOf;
  /** The module where nothing else is said. */
  readonly source: () => ModuleSource;
}

/** The functions that open a context, for its entry in the package. */
export function loaders<C extends ContextTypes>(build: Build) {
  function domain(module: WebAssembly.Module): Domain<C> {
    let core: Core;
    try {
      core = new Core(build.createModule, module, build.hash);
    } catch (cause) {
      const message = "The compiled module is not the one that this package is made for.";
      throw new CrowbarError({ code: "module_foreign", message }, { cause });
    }
    return new Domain<C>(core, build.hash, build.catalog, build.objects);
  }

  /**
   * Loads the context: its module is compiled once a call and never blocks.
   *
   * @throws CrowbarError `module_foreign` where `wasm` is not the module of this package, `module_unavailable` where it
   *   cannot be fetched or compiled.
   */
  async function load(options: LoadOptions = {}): Promise<Domain<C>> {
    const source = await (options.wasm ?? build.source());
    if (source instanceof WebAssembly.Module) return domain(source);
    const bytes = await bytesOf(source);
    // What came with the package is its own; a file on a server may be of yesterday.
    const inlined = options.wasm === undefined && source instanceof Uint8Array;
    if (!inlined) verify(await sha256(bytes), build.hash);
    return domain(await WebAssembly.compile(bytes).catch(notCompiled));
  }

  /**
   * Loads the context at once, from the inlined module or from bytes or a compiled module. A browser's main thread may
   * refuse to compile so; use `load` there.
   *
   * @throws CrowbarError `module_foreign` where `wasm` is not the module of this package, `module_unavailable` where it
   *   would have to be fetched, or is bytes in a host that cannot hash them at once (a browser).
   */
  function loadSync(options: { readonly wasm?: Uint8Array | ArrayBuffer | WebAssembly.Module } = {}): Domain<C> {
    const source = options.wasm ?? build.source();
    if (source instanceof WebAssembly.Module) return domain(source);
    if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
      if (options.wasm !== undefined) verify(sha256Sync(source), build.hash);
      return domain(compileSync(source as BufferSource));
    }
    throw new CrowbarError({
      code: "module_unavailable",
      message: "This entry fetches its module: hand bytes or a compiled module to loadSync, or use load.",
    });
  }

  return { load, loadSync };
}

async function bytesOf(source: URL | Response | ArrayBuffer | Uint8Array): Promise<BufferSource> {
  if (source instanceof ArrayBuffer || source instanceof Uint8Array) return source as BufferSource;
  const unavailable = (reason: string) =>
    new CrowbarError({ code: "module_unavailable", message: `The module cannot be fetched: ${reason}.` });
  let response: Response;
  try {
    if (source instanceof URL && source.protocol === "file:") return await readFile(source);
    response = source instanceof URL ? await fetch(source) : source;
  } catch (error) {
    throw unavailable(error instanceof Error ? error.message : String(error));
  }
  if (!response.ok) throw unavailable(`${response.url} answers ${response.status}`);
  return response.arrayBuffer();
}

function compileSync(bytes: BufferSource): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    return notCompiled(cause);
  }
}

// The bytes are the right ones, so it is the host that does not want to. What Chromium says of a page's policy names
// 'unsafe-eval', which is more than anybody should allow.
function notCompiled(cause: unknown): never {
  const message = `This host does not compile the module (a page's Content-Security-Policy has to allow script-src 'wasm-unsafe-eval'): ${String(cause)}`;
  throw new CrowbarError({ code: "module_unavailable", message }, { cause });
}

// Node's fetch reads no files.
async function readFile(file: URL): Promise<BufferSource> {
  const fs = nodeModule("node:fs/promises") as { readFile(file: URL): Promise<Uint8Array<ArrayBuffer>> } | undefined;
  if (fs === undefined) throw new Error("this host reads no files");
  return fs.readFile(file);
}

async function sha256(bytes: BufferSource): Promise<string> {
  // A page that did not come over https (or from localhost) has no crypto.subtle.
  if (!globalThis.crypto?.subtle) throw cannotHash("use the entry with the module inlined, or a secure context");
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function sha256Sync(bytes: Uint8Array | ArrayBuffer): string {
  interface Hash {
    update(bytes: Uint8Array): Hash;
    digest(): Uint8Array;
  }
  const crypto = nodeModule("node:crypto") as { createHash(name: string): Hash } | undefined;
  if (crypto === undefined) throw cannotHash("use load, or hand over a compiled module");
  return hex(crypto.createHash("sha256").update(new Uint8Array(bytes)).digest());
}

const cannotHash = (instead: string) =>
  new CrowbarError({ code: "module_unavailable", message: `This host cannot check the module's sha-256: ${instead}.` });

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function verify(actual: string, expected: string): void {
  if (actual === expected) return;
  throw new CrowbarError({
    code: "module_foreign",
    message: `The module has sha-256 ${actual}; this package is made for ${expected}.`,
    params: { expected, actual },
  });
}
