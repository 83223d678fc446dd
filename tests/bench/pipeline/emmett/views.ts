import { type SQLiteConnection, sqliteProjection } from "@event-driven-io/emmett-sqlite";
import type { ChatEvent } from "../../rivals/emmett/decider.ts";

const tables = [
  "CREATE TABLE IF NOT EXISTS v_users (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
  `CREATE TABLE IF NOT EXISTS v_channels (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL,
    owner TEXT NOT NULL, at INTEGER NOT NULL, archived INTEGER NOT NULL DEFAULT 0, messages INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID`,
  "CREATE TABLE IF NOT EXISTS v_members (channel TEXT, user TEXT, PRIMARY KEY (channel, user)) WITHOUT ROWID",
  `CREATE TABLE IF NOT EXISTS v_messages (channel TEXT, id TEXT, user TEXT NOT NULL, text TEXT NOT NULL,
    at INTEGER NOT NULL, reply_to TEXT, edited_at INTEGER, deleted INTEGER, PRIMARY KEY (channel, id))`,
  `CREATE TABLE IF NOT EXISTS v_reactions (channel TEXT, message TEXT, emoji TEXT, user TEXT,
    PRIMARY KEY (channel, message, emoji, user)) WITHOUT ROWID`,
];

type Row = readonly [sql: string, ...values: (string | number | null)[]];
type Recorded = ChatEvent & { readonly metadata: { readonly streamName: string } };

/** What of the chat's views an event changes, as rows: a page is read by a query. */
function rowsOf({ type, data, metadata }: Recorded): readonly Row[] {
  const { at, streamName } = metadata;
  const id = streamName.slice(streamName.indexOf("-") + 1);
  const user = metadata.actor.id;
  switch (type) {
    case "user_registered":
    case "user_renamed":
      return [["INSERT OR REPLACE INTO v_users (id, name) VALUES (?, ?)", id, data.name]];
    case "channel_created":
      return [
        [
          "INSERT INTO v_channels (id, name, description, owner, at) VALUES (?, ?, ?, ?, ?)",
          ...([id, data.name, data.description ?? "", user, at] as const),
        ],
        ["INSERT OR IGNORE INTO v_members (channel, user) VALUES (?, ?)", id, user],
      ];
    case "channel_renamed":
      return [["UPDATE v_channels SET name = ? WHERE id = ?", data.name, id]];
    case "channel_described":
      return [["UPDATE v_channels SET description = ? WHERE id = ?", data.description, id]];
    case "channel_archived":
      return [["UPDATE v_channels SET archived = 1 WHERE id = ?", id]];
    case "user_joined_channel":
      return [["INSERT OR IGNORE INTO v_members (channel, user) VALUES (?, ?)", id, data.userId]];
    case "user_left_channel":
      return [["DELETE FROM v_members WHERE channel = ? AND user = ?", id, data.userId]];
    case "message_sent":
      return [
        [
          "INSERT INTO v_messages (channel, id, user, text, at, reply_to) VALUES (?, ?, ?, ?, ?, ?)",
          ...([id, data.messageId, user, data.text, at, data.replyTo ?? null] as const),
        ],
        ["UPDATE v_channels SET messages = messages + 1 WHERE id = ?", id],
      ];
    case "message_edited":
      return [
        [
          "UPDATE v_messages SET text = ?, edited_at = ? WHERE channel = ? AND id = ?",
          ...([data.text, at, id, data.messageId] as const),
        ],
      ];
    case "message_deleted":
      return [["UPDATE v_messages SET text = '', deleted = 1 WHERE channel = ? AND id = ?", id, data.messageId]];
    case "reaction_added":
      return [
        [
          "INSERT INTO v_reactions (channel, message, emoji, user) VALUES (?, ?, ?, ?)",
          ...([id, data.messageId, data.emoji, user] as const),
        ],
      ];
    case "reaction_removed":
      return [
        [
          "DELETE FROM v_reactions WHERE channel = ? AND message = ? AND emoji = ? AND user = ?",
          ...([id, data.messageId, data.emoji, user] as const),
        ],
      ];
  }
}

async function write(connection: SQLiteConnection, event: Recorded): Promise<void> {
  for (const [sql, ...values] of rowsOf(event)) await connection.command(sql, values as string[]);
}

/** The same views as the pipeline's, the way that is natural with SQL: rows, in the transaction of the events. */
export const chatViews = sqliteProjection<ChatEvent>({
  canHandle: [
    ...(["user_registered", "user_renamed", "channel_created", "channel_renamed", "channel_described"] as const),
    ...(["channel_archived", "user_joined_channel", "user_left_channel", "message_sent", "message_edited"] as const),
    ...(["message_deleted", "reaction_added", "reaction_removed"] as const),
  ],
  init: async ({ context }) => {
    for (const table of tables) await context.connection.command(table);
  },
  handle: async (events, { connection }) => {
    for (const event of events) await write(connection, event as Recorded);
  },
});
