import type { Catalog } from "./catalog.ts";
import { Core, type CreateModule } from "./core.ts";
import { Domain } from "./domain.ts";
import { CrowbarError } from "./errors.ts";
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
  /** The module where nothing else is said. */
  readonly source: () => ModuleSource;
}

/** The functions that open a context, for its entry in the package. */
export function loaders<C extends ContextTypes>(build: Build) {
  const domain = (module: WebAssembly.Module) =>
    new Domain<C>(new Core(build.createModule, module, build.hash), build.hash, build.catalog);

  /**
   * Loads the context: its module is compiled once a call and never blocks.
   *
   * @throws CrowbarError `module_foreign` where `wasm` is not the module of this package, `module_unavailable` where it
   *   cannot be fetched.
   */
  async function load(options: LoadOptions = {}): Promise<Domain<C>> {
    const source = await (options.wasm ?? build.source());
    if (source instanceof WebAssembly.Module) return domain(source);
    const bytes = await bytesOf(source);
    if (options.wasm !== undefined) await verify(bytes, build.hash);
    return domain(await WebAssembly.compile(bytes));
  }

  /**
   * Loads the context at once, from the inlined module or from bytes or a compiled module. A browser's main thread may
   * refuse to compile so; use `load` there.
   */
  function loadSync(options: { readonly wasm?: Uint8Array | ArrayBuffer | WebAssembly.Module } = {}): Domain<C> {
    const source = options.wasm ?? build.source();
    if (source instanceof WebAssembly.Module) return domain(source);
    if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
      return domain(new WebAssembly.Module(source as BufferSource));
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

// Node's fetch reads no files. Asked of the process, not imported: a bundler for browsers would stumble over the import.
async function readFile(file: URL): Promise<BufferSource> {
  const host = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const fs = host.process?.getBuiltinModule?.("node:fs/promises") as
    | { readFile(file: URL): Promise<Uint8Array<ArrayBuffer>> }
    | undefined;
  if (fs === undefined) throw new Error("this host reads no files");
  return fs.readFile(file);
}

async function verify(bytes: BufferSource, hash: string): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (actual !== hash) {
    throw new CrowbarError({
      code: "module_foreign",
      message: `The module has sha-256 ${actual}; this package is made for ${hash}.`,
      params: { expected: hash, actual },
    });
  }
}
