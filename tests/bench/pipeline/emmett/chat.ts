import {
  DeciderCommandHandler,
  IllegalStateError,
  inlineProjections,
  isExpectedVersionConflictError,
} from "@event-driven-io/emmett";
import { getSQLiteEventStore, type SQLiteConnection } from "@event-driven-io/emmett-sqlite";
import type { Claim, Command, Context, Verdict } from "../../rivals/chat/contract.ts";
import { refusedAtTheDoor } from "../../rivals/chat/stream.ts";
import { accepted, malformed, refused } from "../../rivals/chat/verdict.ts";
import { type ChatEvent, commandOf, deciderOf } from "../../rivals/emmett/decider.ts";
import { validator } from "../../rivals/zod/validator.ts";
import { poolOf } from "./connection.ts";
import { chatViews } from "./views.ts";

/** Another stream has a name that a verdict takes: known only when it is stored. */
class Claimed extends Error {
  readonly key: string;
  constructor(key: string) {
    super(key);
    this.key = key;
  }
}

export interface Chat {
  /** Decides a command, and stores what comes of it. */
  handle(command: unknown, context: Context): Promise<Verdict>;
}

/** What a stream may be called: in the other benchmark it is known beforehand. */
const streamShape = /^(?:user|channel)-\w[\w.:@~-]{0,127}$/;
const claimsTable = "CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, stream TEXT NOT NULL) WITHOUT ROWID";

export interface ChatOptions {
  readonly connection: SQLiteConnection;
  readonly domain: string;
  /** Views, as rows in the transaction of the events. */
  readonly views: boolean;
}

/**
 * The chat with emmett: zod at the door, its command handler over its SQLite store, the rules by hand. It remembers no
 * command ids. Commands of a stream wait for each other: else most would be overtaken and tried again.
 */
export async function openChat({ connection, domain, views }: ChatOptions): Promise<Chat> {
  await connection.command(claimsTable);
  const store = getSQLiteEventStore({
    fileName: undefined,
    pool: poolOf(connection),
    projections: inlineProjections(views ? [chatViews] : []),
    hooks: { onBeforeCommit: (events) => keepClaims(connection, events as unknown as readonly Stored[]) },
  });
  await store.schema.migrate();
  const underway = new Map<string, Promise<unknown>>();
  const inTurn = <T>(stream: string, work: () => Promise<T>): Promise<T> => {
    const before = underway.get(stream);
    const mine = before === undefined ? work() : before.then(work, work);
    underway.set(stream, mine);
    const done = () => void (underway.get(stream) === mine && underway.delete(stream));
    mine.then(done, done);
    return mine;
  };

  const decide = async (command: Command, context: Context): Promise<Verdict> => {
    const { stream, expectedVersion } = command;
    // The shape of the stream's name and whom the command is for; the version is the store's to judge.
    const door = refusedAtTheDoor(command, stream, expectedVersion ?? 0);
    if (door !== undefined) return door;
    const options = expectedVersion === undefined ? {} : { expectedStreamVersion: BigInt(expectedVersion) };
    try {
      const handle = DeciderCommandHandler(deciderOf(stream));
      const done = await handle(store, stream, commandOf(command, context), options);
      const before = Number(done.nextExpectedStreamVersion) - done.newEvents.length;
      return accepted(command, context, before, done.newEvents, done.newEvents[0]?.metadata.claims, domain);
    } catch (error) {
      if (error instanceof Claimed) return decide(command, { ...context, facts: { claimed: [error.key] } });
      if (error instanceof IllegalStateError) return refused(error.message);
      if (isExpectedVersionConflictError(error)) return refused("version_conflict");
      throw error;
    }
  };
  return {
    handle: async (value, context) => {
      const command = validator.command(value);
      if (command === undefined || !streamShape.test(command.stream)) return malformed;
      return inTurn(command.stream, () => decide(command, context));
    },
  };
}

type Stored = { readonly metadata: ChatEvent["metadata"] & { readonly streamName: string } };

async function keepClaims(connection: SQLiteConnection, events: readonly Stored[]): Promise<void> {
  for (const { metadata } of events) {
    for (const claim of metadata.claims ?? []) await keep(connection, claim, metadata.streamName);
  }
}

async function keep(connection: SQLiteConnection, { key, action }: Claim, stream: string): Promise<void> {
  if (action === "release") {
    await connection.command("DELETE FROM claims WHERE key = ? AND stream = ?", [key, stream]);
    return;
  }
  const [holder] = await connection.query<{ stream: string }>("SELECT stream FROM claims WHERE key = ?", [key]);
  if (holder !== undefined && holder.stream !== stream) throw new Claimed(key);
  await connection.command("INSERT OR REPLACE INTO claims (key, stream) VALUES (?, ?)", [key, stream]);
}
