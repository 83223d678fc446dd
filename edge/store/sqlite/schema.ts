import { isDeepStrictEqual } from "node:util";
import { StoreDamaged, StoreUnavailable } from "../event_store.ts";
import { Connection } from "./connection.ts";

/** Says that a file is a log of ours: "crow". */
const application = 0x63726f77;
/** Of the tables below. Another one is refused, never guessed at. */
const format = 1;

/** An event's place is `stream * streamSize + version`: a stream's events lie together, and one number finds one. */
export const streamSize = 2 ** 28;

/** The two that fit into a whole number of JavaScript's. */
export const mostStreams = 2 ** 25 - 1;
export const mostVersions = streamSize - 1;

// `before` and `starts` are what the stream was before an event: the running checksum of its lines and their bytes. So
// many events are verified by one checksum over all of them, in one call. `crc` is each record's own: over all its other
// columns.
const tables = `
  CREATE TABLE streams (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL, running INTEGER NOT NULL, bytes INTEGER NOT NULL, crc INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE events (
    place INTEGER PRIMARY KEY,
    starts INTEGER NOT NULL, before INTEGER NOT NULL, crc INTEGER NOT NULL, line BLOB NOT NULL
  ) STRICT;
  CREATE TABLE commits (position INTEGER PRIMARY KEY, place INTEGER NOT NULL, crc INTEGER NOT NULL) STRICT;
  CREATE TABLE commands (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, actor TEXT NOT NULL, digest TEXT NOT NULL,
    stream INTEGER NOT NULL, decided_at INTEGER NOT NULL, events INTEGER NOT NULL, crc INTEGER NOT NULL,
    command BLOB NOT NULL, context BLOB NOT NULL, verdict BLOB NOT NULL
  ) STRICT;
  CREATE INDEX commands_of_stream ON commands (stream, number);
  CREATE TABLE claims (
    key TEXT PRIMARY KEY, stream INTEGER NOT NULL, crc INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE snapshots (
    stream TEXT NOT NULL, domain TEXT NOT NULL, version INTEGER NOT NULL, crc INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (stream, domain)
  ) STRICT;
  CREATE TABLE cursors (
    name TEXT PRIMARY KEY, position INTEGER NOT NULL, crc INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Makes the tables in a new file, and accepts a file that has them.
 *
 * @throws StoreUnavailable `format`; StoreDamaged where they are not quite the tables that were made.
 */
export function prepareTables(connection: Connection): void {
  const of = connection.value("PRAGMA application_id");
  const has = connection.value("PRAGMA user_version");
  if (of === application && has === format) {
    compareTables(connection);
    return;
  }
  if (of !== 0 || has !== 0 || connection.value("SELECT count(*) FROM sqlite_schema") !== 0) {
    const found = of === application ? `format ${has}` : "tables of something else";
    throw new StoreUnavailable("format", `${connection.file} has ${found}; this version reads format ${format}.`);
  }
  connection.exec(`BEGIN IMMEDIATE; ${tables}
    PRAGMA application_id = ${application}; PRAGMA user_version = ${format}; COMMIT`);
}

/** A column with another name, or a table without its index, would be found out one statement later, or never. */
function compareTables(connection: Connection): void {
  const described = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name";
  const made = new Connection(":memory:");
  made.exec(tables);
  const expected = made.prepare(described).all();
  made.close();
  if (isDeepStrictEqual(connection.prepare(described).all(), expected)) return;
  throw new StoreDamaged(`file ${connection.file}`, `${connection.file} has tables that are not as they were made.`);
}
