import { useState } from "react";
import { later } from "../layout/later.ts";
import { Soon } from "../layout/Soon.tsx";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import { useOpenChannel } from "./channel_context.ts";
import { Message, type MessageProps } from "./Message.tsx";
import { MessageActions } from "./MessageActions.tsx";
import { timeOf } from "./times.ts";
import { useEdit } from "./use_edit.ts";
import { useMessageKeys } from "./use_message_keys.ts";

const DeleteMessage = later(async () => (await import("./DeleteMessage.tsx")).DeleteMessage);
const EmojiDialog = later(async () => (await import("../emoji/EmojiDialog.tsx")).EmojiDialog);

export interface MessageRowProps extends Omit<MessageProps, "edit"> {
  readonly position: number;
  readonly count: number;
  /** Begins a day, which this is. */
  readonly day: string | undefined;
  /** The first one that was not read here. */
  readonly fresh: boolean;
  /** The one that Tab leads to. */
  readonly current: boolean;
  /** Somebody jumped here. */
  readonly lit: boolean;
}

/** One message of the feed: what stands above it, what it says, what can be done with it. */
export function MessageRow({ position, count, day, fresh, current, lit, ...message }: MessageRowProps) {
  const { row, compact, waiting } = message;
  const { nameOf, channelId, send, tell } = useOpenChannel();
  const [asking, setAsking] = useState<"react" | "delete">();
  const keys = useMessageKeys(row, setAsking);
  const edit = useEdit(row.messageId);
  // Most rows are only ever scrolled past: what can be done with one is there once somebody comes near.
  const [near, setNear] = useState(false);
  const come = () => setNear(true);
  const close = () => setAsking(undefined);
  return (
    <article
      tabIndex={current ? 0 : -1}
      aria-posinset={position + 1}
      aria-setsize={count}
      aria-label={`${nameOf(row.userId)}, ${timeOf(row.at)}`}
      data-message={row.messageId}
      data-position={position}
      data-state={waiting === "" ? "stored" : "waiting"}
      onKeyDown={keys}
      onPointerEnter={come}
      onFocus={come}
      className={`message group ${compact ? "py-px" : "pt-2.5 pb-px"}`}
    >
      {day !== undefined && <p className="day">{day}</p>}
      {fresh && <p className="fresh">New</p>}
      <div className={`relative py-0.5 group-focus-within:bg-hover hover:bg-hover ${lit ? "lit" : ""}`}>
        <Message {...message} edit={edit} />
        {near && !row.deleted && edit === undefined && <MessageActions row={row} ask={setAsking} />}
      </div>
      {asking === "delete" && (
        <Soon>
          <DeleteMessage row={row} onClose={close} />
        </Soon>
      )}
      {asking === "react" && (
        <Soon>
          <EmojiDialog
            onClose={close}
            choose={(emoji) => {
              const data = { messageId: row.messageId, emoji };
              const sent = send({ stream: `channel-${channelId}`, type: "add_reaction", data });
              ifNotKept(sent, tell);
              return sent.verdict?.accepted === false ? sent.verdict.rejection.message : undefined;
            }}
          />
        </Soon>
      )}
    </article>
  );
}
