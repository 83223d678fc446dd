import { memo } from "react";
import { Icon } from "../layout/Icon.tsx";
import { Disc } from "../people/Disc.tsx";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";
import { EditMessage } from "./EditMessage.tsx";
import { MessageText } from "./MessageText.tsx";
import { Quote } from "./Quote.tsx";
import { Reactions } from "./Reactions.tsx";
import { sameRow } from "./same_row.ts";
import { shortTimeOf, timeOf, wholeTimeOf } from "./times.ts";

export interface MessageProps {
  readonly row: MessagesRow;
  /** Said by the same person right after the one above: needs no head of its own. */
  readonly compact: boolean;
  readonly quoted: MessagesRow | undefined;
  /** Which of its commands wait for the server. */
  readonly waiting: string;
  /** What it is being made into; undefined where it is not edited. */
  readonly edit: string | undefined;
}

/** What one message says, within its article. */
export const Message = memo(
  function Message({ row, compact, quoted, waiting, edit }: MessageProps) {
    const { nameOf, personId } = useOpenChannel();
    const name = nameOf(row.userId);
    return (
      <div className="grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 px-3 md:px-5">
        {compact ? (
          <time
            dateTime={new Date(row.at).toISOString()}
            title={wholeTimeOf(row.at)}
            className="invisible pt-1 text-right text-[0.7rem] text-faint tabular-nums group-focus-within:visible group-hover:visible"
          >
            {shortTimeOf(row.at)}
          </time>
        ) : (
          <Disc userId={row.userId} name={name} />
        )}
        <div className="min-w-0">
          {row.replyTo !== undefined && <Quote messageId={row.replyTo} quoted={quoted} />}
          {!compact && (
            <div className="flex items-baseline gap-2 leading-tight">
              <bdi className="min-w-0 truncate font-semibold">{name}</bdi>
              <time
                dateTime={new Date(row.at).toISOString()}
                title={wholeTimeOf(row.at)}
                className="shrink-0 text-faint text-xs tabular-nums"
              >
                {timeOf(row.at)}
              </time>
            </div>
          )}
          {edit !== undefined ? (
            <EditMessage messageId={row.messageId} text={edit} />
          ) : row.deleted ? (
            <p className="text-faint italic">
              {row.userId === personId ? "You deleted this message." : "This message was deleted."}
            </p>
          ) : (
            <MessageText text={row.text} />
          )}
          {(row.editedAt !== undefined || waiting !== "") && !row.deleted && (
            <p className="flex items-center gap-1 text-faint text-xs">
              {row.editedAt !== undefined && <span title={wholeTimeOf(row.editedAt)}>edited</span>}
              {waiting !== "" && (
                <span className="late flex items-center gap-1">
                  <Icon name="waiting" size={13} /> waiting
                </span>
              )}
            </p>
          )}
          <Reactions row={row} waiting={waiting} />
        </div>
      </div>
    );
  },
  (before, after) =>
    before.compact === after.compact &&
    before.waiting === after.waiting &&
    before.edit === after.edit &&
    sameRow(before.row, after.row) &&
    sameRow(before.quoted, after.quoted),
);
