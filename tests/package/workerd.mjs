// What a Worker on workerd may and may not do, as far as the package meets it: loaded before a program (`node --import`).
// An import of *.wasm answers a WebAssembly.Module; nothing else makes one, for bytes are not compiled at run time.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const { Module, instantiate } = WebAssembly;
globalThis.deployed = (url) => new Module(readFileSync(fileURLToPath(url)));

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".wasm")) return next(url, context);
    return { format: "module", shortCircuit: true, source: "export default deployed(import.meta.url);" };
  },
});

const refuse = () => {
  throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
};
WebAssembly.Module = new Proxy(Module, { construct: refuse });
WebAssembly.compile = async () => refuse();
WebAssembly.compileStreaming = WebAssembly.instantiateStreaming = WebAssembly.compile;
WebAssembly.instantiate = async (source, ...imports) =>
  source instanceof Module ? instantiate(source, ...imports) : refuse();
