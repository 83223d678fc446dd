// What only some hosts have.

// Node's own modules are asked of the process, not imported: a bundler for browsers would stumble over the import.
export function nodeModule(name: string): unknown {
  const host = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return host.process?.getBuiltinModule?.(name);
}

type Mark = (buffer: ArrayBuffer) => void;
let mark: Mark | null | undefined;

/** Forbids that the buffer is transferred to another thread; false where the host cannot. */
export function keepHere(buffer: ArrayBuffer): boolean {
  if (mark === undefined) {
    const threads = nodeModule("node:worker_threads") as { markAsUntransferable?: Mark } | undefined;
    mark = threads?.markAsUntransferable ?? null;
  }
  mark?.(buffer);
  return mark !== null;
}
