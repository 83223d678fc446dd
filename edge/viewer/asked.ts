/** What has to be known of a command to find its state. The module reads all of it, strictly, and has the last word. */
export interface AskedCommand {
  readonly id: string;
  readonly stream: string;
  readonly expectedVersion: number | undefined;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Undefined where the bytes name no stream: then they are no command, and the module says in which way. */
export function readAsked(command: Uint8Array): AskedCommand | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoder.decode(command));
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { id, stream, expectedVersion } = parsed as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" || typeof stream !== "string") return undefined;
  return { id, stream, expectedVersion: typeof expectedVersion === "number" ? expectedVersion : undefined };
}
