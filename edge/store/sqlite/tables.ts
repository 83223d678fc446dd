import type { AppendResult } from "../event_store.ts";
import { StoreUnavailable } from "../event_store.ts";
import { judge, type Left } from "../judge.ts";
import type { OwnAppend } from "../own_copy.ts";
import { ClaimTable } from "./claims.ts";
import { CommandTable } from "./commands.ts";
import { CommitTable } from "./commits.ts";
import type { Connection } from "./connection.ts";
import { CursorTable } from "./cursors.ts";
import { EventTable, placeOf } from "./events.ts";
import type { Reached } from "./mark.ts";
import { mostVersions } from "./schema.ts";
import { SnapshotTable } from "./snapshots.ts";
import { StreamTable } from "./streams.ts";

/** All tables of a log. They hold what a transaction has done so far until they hear how it ended. */
export class Tables {
  readonly streams: StreamTable;
  readonly events: EventTable;
  readonly commits: CommitTable;
  readonly commands: CommandTable;
  readonly claims: ClaimTable;
  readonly snapshots: SnapshotTable;
  readonly cursors: CursorTable;
  readonly #left: Left;

  constructor(connection: Connection, report: (error: Error) => void) {
    this.streams = new StreamTable(connection);
    this.events = new EventTable(connection);
    this.commits = new CommitTable(connection, this.streams);
    this.commands = new CommandTable(connection, this.streams);
    this.claims = new ClaimTable(connection);
    this.snapshots = new SnapshotTable(connection, report);
    this.cursors = new CursorTable(connection);
    this.#left = {
      decided: (id) => this.commands.find(id),
      head: (stream) => this.streams.head(stream)?.version ?? 0,
      last: (stream) => {
        const head = this.streams.head(stream);
        return head && this.commands.last(head.number);
      },
      holder: (key) => {
        const holder = this.claims.holder(key);
        return holder === undefined ? undefined : this.streams.name(holder);
      },
    };
  }

  get reached(): Reached {
    return { position: this.commits.numbers.last, command: this.commands.numbers.last };
  }

  /** Judges an append by what those before it left, and writes it if nothing is in its way. */
  append(append: OwnAppend): AppendResult {
    const result = judge(append, this.#left);
    if (result.kind !== "appended") return result;
    const { decided, events, claims } = append;
    let head = this.streams.head(decided.stream) ?? this.streams.begin(decided.stream);
    if (head.version + events.length > mostVersions) {
      throw new StoreUnavailable("full", `Stream ${head.name} cannot have more than ${mostVersions} events.`);
    }
    for (const { line } of events) {
      head = this.events.add(head, line);
      this.commits.add(placeOf(head.number, head.version));
    }
    this.streams.move(head);
    this.commands.add(decided, head.number, events.length);
    this.claims.carryOut(claims, head.number);
    return result;
  }

  /** What is written once a transaction, at its end. */
  write(): void {
    this.streams.write();
    this.cursors.write();
  }

  /** Answers whether events were added. */
  committed(): boolean {
    this.streams.committed();
    this.commands.numbers.committed();
    this.cursors.committed();
    return this.commits.numbers.committed();
  }

  rolledBack(): void {
    this.streams.rolledBack();
    this.commands.numbers.rolledBack();
    this.commits.numbers.rolledBack();
  }
}
