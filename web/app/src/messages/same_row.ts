import type { MessagesRow } from "../start/rows.ts";

/** Do they look the same? A page that was read anew has other objects with the same content. */
export function sameRow(one: MessagesRow | undefined, other: MessagesRow | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return (
    one.messageId === other.messageId &&
    one.text === other.text &&
    one.at === other.at &&
    one.editedAt === other.editedAt &&
    one.deleted === other.deleted &&
    one.replyTo === other.replyTo &&
    one.userId === other.userId &&
    (one.reactions === other.reactions || JSON.stringify(one.reactions) === JSON.stringify(other.reactions))
  );
}
