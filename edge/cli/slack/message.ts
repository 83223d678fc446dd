import { fields, list, moment, text, texts, timestamp } from "./fields.ts";
import { nameIn, ownKey } from "./workspace.ts";

/** What a message says at a moment. `raw`: as it is, not as Slack writes it. */
export interface SlackText {
  readonly at: number;
  readonly text: string;
  readonly raw: boolean;
}

export interface SlackMessage {
  readonly kind: "message" | "join" | "leave";
  readonly ts: string;
  readonly messageId: string;
  readonly at: number;
  readonly user: string;
  /** What its author is called, where the message says so. */
  readonly userName: string | undefined;
  /** What it said first, and after each edit. */
  readonly texts: readonly [SlackText, ...SlackText[]];
  readonly isAction: boolean;
  readonly replyTo: string | undefined;
  readonly deletedAt: number | undefined;
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** How many files and attachments stand beside the text. */
  readonly beside: number;
}

/** Why a message is none that can be taken. */
export interface Unread {
  readonly code: "message_malformed" | "subtype_unknown";
  readonly message: string;
}

/** In place of what an archive does not hold. */
export const unknownFirst = "(edited later; what it said first is not in the archive)";
export const deleted = "(deleted)";
export const editedThenDeleted = "(edited, then deleted)";

const kinds: { readonly [subtype: string]: SlackMessage["kind"] } = {
  "": "message",
  me_message: "message",
  thread_broadcast: "message",
  reply_broadcast: "message",
  file_share: "message",
  bot_message: "message",
  tombstone: "message",
  channel_join: "join",
  channel_leave: "leave",
};

/** Reads one message of a day. */
export function readMessage(value: unknown): SlackMessage | Unread {
  const said = fields(value);
  const own = fields(said[ownKey]);
  const subtype = text(said.subtype) ?? "";
  const kind = Object.hasOwn(kinds, subtype) ? kinds[subtype] : undefined;
  const ts = text(said.ts);
  const at = moment(own.at) ?? timestamp(ts);
  const user = text(said.user) ?? text(said.bot_id);
  if (said.type !== "message") return malformed("Its type is not message.");
  if (kind === undefined) return unknown(subtype);
  if (ts === undefined || at === undefined) return malformed("Its ts is no time.");
  if (user === undefined) return malformed("It has no user.");
  return {
    ...{ kind, ts, at, user },
    messageId: text(own.messageId) ?? ts,
    userName: nameIn(said.user_profile) ?? nameIn(said.bot_profile) ?? text(said.username),
    texts: subtype === "tombstone" ? textsOfDeleted(own, at) : textsOf(said, own, at),
    isAction: subtype === "me_message",
    replyTo: text(own.replyTo) ?? threadOf(said.thread_ts, ts),
    deletedAt: subtype === "tombstone" ? (moment(own.deletedAt) ?? at) : undefined,
    reactions: list(said.reactions).map((each) => {
      const { name, users } = fields(each);
      return { name: text(name) ?? "", users: texts(users) };
    }),
    beside: list(said.files).length + list(said.attachments).length,
  };
}

const malformed = (message: string): Unread => ({ code: "message_malformed", message });
const unknown = (subtype: string): Unread => ({
  code: "subtype_unknown",
  message: `What Slack calls ${subtype.slice(0, 80)} has nothing like it here.`,
});

const threadOf = (thread: unknown, ts: string) => (text(thread) === ts ? undefined : text(thread));

// Slack tells when a message was edited, and not what it said before: but an edit that changes nothing is none.
function textsOf(said: ReturnType<typeof fields>, own: ReturnType<typeof fields>, at: number): SlackMessage["texts"] {
  const last = text(said.text) ?? "";
  const edits = list(own.edits).flatMap((each) => {
    const edit = fields(each);
    return typeof edit.text === "string" ? [{ at: moment(edit.at) ?? at, text: edit.text, raw: true }] : [];
  });
  if (edits.length > 0) return [{ at, text: text(own.text) ?? unknownFirst, raw: true }, ...edits];
  const editedAt = timestamp(fields(said.edited).ts);
  if (editedAt === undefined) return [{ at, text: last, raw: false }];
  return [
    { at, text: unknownFirst, raw: true },
    { at: editedAt, text: last, raw: false },
  ];
}

function textsOfDeleted(own: ReturnType<typeof fields>, at: number): SlackMessage["texts"] {
  const editedAt = moment(own.editedAt);
  const first = { at, text: deleted, raw: true };
  return editedAt === undefined ? [first] : [first, { at: editedAt, text: editedThenDeleted, raw: true }];
}
