const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The members of a command that are asked for before the module reads all of it, strictly, with the last word. */
export interface CommandText {
  readonly id: string;
  readonly stream: string;
  readonly type: unknown;
  readonly data: unknown;
  readonly expectedVersion: number | undefined;
}

/** Undefined where the bytes name no stream or have no id: they are no command then, and the module says in which way. */
export function commandText(command: Uint8Array): CommandText | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoder.decode(command));
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { id, stream, type, data, expectedVersion } = parsed as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" || typeof stream !== "string") return undefined;
  return { id, stream, type, data, expectedVersion: typeof expectedVersion === "number" ? expectedVersion : undefined };
}
