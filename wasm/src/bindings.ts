/** The functions that wasm/bindings.cpp binds; it says what each is. */
export interface Bindings {
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
  admits(handle: number, actor: number): boolean;
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

// Embind wants just as many arguments as the function has, so the functions are known by their number of arguments.
type OfArity<Arguments extends readonly unknown[]> = {
  [K in keyof Bindings]: Bindings[K] extends (...args: infer P) => boolean | number
    ? P["length"] extends Arguments["length"]
      ? K
      : never
    : never;
}[keyof Bindings];
export type One = OfArity<[1]>;
export type Two = OfArity<[1, 2]>;
export type Three = OfArity<[1, 2, 3]>;
