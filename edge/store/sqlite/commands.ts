import { type DecidedCommand, StoreDamaged } from "../event_store.ts";
import { checksum, verify } from "./checksum.ts";
import type { Connection, Statement } from "./connection.ts";
import { naming } from "./failures.ts";
import { Numbers } from "./numbers.ts";
import type { StreamTable } from "./streams.ts";

type CommandRow = readonly [
  ...(readonly [number: number, id: string, actor: string, digest: string]),
  ...(readonly [stream: number, decidedAt: number, events: number, crc: number]),
  ...(readonly [command: Uint8Array, context: Uint8Array, verdict: Uint8Array]),
];
const commandColumns = "number, id, actor, digest, stream, decided_at, events, crc, command, context, verdict";

/** Every decided command, numbered 1, 2, 3 … without a hole in the order in which they were decided. */
export class CommandTable {
  readonly numbers: Numbers;
  readonly #byId: Statement<CommandRow>;
  readonly #byNumber: Statement<CommandRow>;
  readonly #page: Statement<CommandRow>;
  readonly #last: Statement<readonly [id: string]>;
  readonly #insert: Statement<never>;
  readonly #streams: StreamTable;

  constructor(connection: Connection, streams: StreamTable) {
    this.#streams = streams;
    this.#byId = connection.prepare(`SELECT ${commandColumns} FROM commands WHERE id = ?`);
    this.#byNumber = connection.prepare(`SELECT ${commandColumns} FROM commands WHERE number = ?`);
    this.#page = connection.prepare(
      `SELECT ${commandColumns} FROM commands WHERE stream = ? ORDER BY number LIMIT ? OFFSET ?`,
    );
    this.#last = connection.prepare("SELECT id FROM commands WHERE stream = ? ORDER BY number DESC LIMIT 1");
    this.#insert = connection.prepare(
      `INSERT INTO commands (${commandColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.numbers = new Numbers(connection, "commands", "number");
  }

  find(id: string): DecidedCommand | undefined {
    const what = commandName(id);
    const row = naming(what, () => this.#byId.get(id));
    if (row === undefined) return undefined;
    // Found by an index, which would still hold the id that a damaged row has lost.
    if (row[1] !== id) throw new StoreDamaged(what, `${what} is stored as ${row[1]}.`);
    return commandOf(row, this.#streams);
  }

  /** The id of the newest command of a stream. */
  last(stream: number): string | undefined {
    return naming(`commands of stream number ${stream}`, () => this.#last.get(stream))?.[0];
  }

  /** The command of a number that there must be, the number of its stream, and how many events it left. */
  numbered(number: number): {
    readonly decided: DecidedCommand;
    readonly stream: number;
    readonly events: number;
  } {
    const what = `command number ${number}`;
    const row = naming(what, () => this.#byNumber.get(number));
    if (row === undefined) throw new StoreDamaged(what, `${what} is not there.`);
    return { decided: commandOf(row, this.#streams), stream: row[4], events: row[6] };
  }

  add(
    { id, actor, digest, decidedAt, command, context, verdict }: DecidedCommand,
    stream: number,
    events: number,
  ): void {
    const fields = [this.numbers.take(), id, actor, digest, stream, decidedAt, events] as const;
    const crc = checksum(fields, command, context, verdict);
    naming(commandName(id), () => this.#insert.run(...fields, crc, command, context, verdict));
  }

  page(stream: number, offset: number, limit: number): readonly DecidedCommand[] {
    const rows = naming(`commands of stream ${this.#streams.name(stream)}`, () =>
      this.#page.all(stream, limit, offset),
    );
    return rows.map((row) => commandOf(row, this.#streams));
  }
}

/** @throws StoreDamaged where the record is not what was written. */
function commandOf(row: CommandRow, streams: StreamTable): DecidedCommand {
  const [number, id, actor, digest, stream, decidedAt, events, crc, command, context, verdict] = row;
  const fields = [number, id, actor, digest, stream, decidedAt, events];
  verify(commandName(id), crc, fields, command, context, verdict);
  return { id, actor, digest, stream: streams.name(stream), decidedAt, command, context, verdict };
}

export function commandName(id: string): string {
  return `command ${id}`;
}
