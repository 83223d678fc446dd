import { hash } from "node:crypto";
import type { Json, JsonObject } from "../operation.ts";

/** A command that an import makes. The same input makes the same one, with the same id, every time. */
export interface ImportedCommand {
  readonly id: string;
  readonly bytes: Buffer;
  readonly type: string;
  readonly stream: string;
  /** Who does it. */
  readonly actor: string;
  /** When it happened, ms since 1970: a fact of the past. */
  readonly at: number;
  /** Commands that have to be answered before this one is sent: later it would mean something else. */
  readonly after: readonly string[];
  /** Commands without which this one is refused. It is sent behind them, without waiting for their answers. */
  readonly upon: readonly string[];
}

export interface CommandParts {
  readonly type: string;
  readonly stream: string;
  readonly data: JsonObject;
  readonly actor: string;
  readonly at: number;
  /** Which one it is of those that ask the same of the same stream: where it stands in the input. */
  readonly place: Json;
  readonly after?: Ids | undefined;
  readonly upon?: Ids | undefined;
}
type Ids = readonly (string | undefined)[];

/**
 * A command whose id follows from what it asks, of whom, and where that stands in the input: sent again it changes
 * nothing, and no other one has its id. The moment is no part of it: who was seen earlier in another file is the same.
 */
export function importedCommand({ place, after = [], upon = [], ...asked }: CommandParts): ImportedCommand {
  const { type, stream, data, actor, at } = asked;
  const id = commandId(["crowbar import", stream, actor, type, data, place]);
  return {
    ...{ id, type, stream, actor, at },
    bytes: Buffer.from(JSON.stringify({ id, stream, type, data })),
    after: after.filter((each) => each !== undefined),
    upon: upon.filter((each) => each !== undefined),
  };
}

/** The same command with another id, which follows from its first one. */
export function onceMore<Command extends ImportedCommand>(command: Command): Command {
  const id = commandId(["crowbar import", command.id, "once more"]);
  const { stream, type, data } = JSON.parse(command.bytes.toString());
  return { ...command, id, bytes: Buffer.from(JSON.stringify({ id, stream, type, data })) };
}

/** A UUIDv8 (RFC 9562, 5.8) of the sha-256 of what is given. */
function commandId(of: Json): string {
  const digest = hash("sha256", JSON.stringify(of), "buffer");
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString("hex", 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
