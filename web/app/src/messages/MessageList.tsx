import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import { useWaiting } from "../start/chat.ts";
import type { ChannelRow } from "../start/rows.ts";
import { Announcer } from "./Announcer.tsx";
import { useOpenChannel } from "./channel_context.ts";
import { EmptyChannel } from "./EmptyChannel.tsx";
import { Gap } from "./Gap.tsx";
import { MessageRow } from "./MessageRow.tsx";
import { NewestButton } from "./NewestButton.tsx";
import { pageOf } from "./position.ts";
import { Skeleton } from "./Skeleton.tsx";
import { dayOf, sameDay } from "./times.ts";
import { useFeed } from "./use_feed.ts";
import { useFeedKeys } from "./use_feed_keys.ts";
import { useJump } from "./use_jump.ts";
import { useMessages } from "./use_messages.ts";
import { useWanted } from "./use_pages.ts";
import { useReading } from "./use_reading.ts";
import { useStayAtEnd } from "./use_stay_at_end.ts";
import { waitingOf } from "./waiting_of.ts";

/** Messages of one person within this belong together. */
const togetherMs = 5 * 60_000;

export interface MessageListHandle {
  toEnd(): void;
  jump(messageId: string): void;
  /** Puts the focus on the newest message. */
  focus(): void;
}

/** The messages of a channel: as many of them as are in sight. */
export function MessageList({
  channel,
  handle,
}: {
  readonly channel: ChannelRow;
  readonly handle: RefObject<MessageListHandle | null>;
}) {
  const { channelId, personId } = useOpenChannel();
  const scroller = useRef<HTMLDivElement>(null);
  const { watched, pages, count, counted, rowAt, find } = useMessages(channel);
  const waiting = waitingOf(useWaiting(), channelId);
  const [current, setCurrent] = useState<number>();
  const { virtual, items, entries, wanted, atEnd, show } = useFeed({ scroller, count, near: pages.keys(), current });
  useWanted(watched, wanted);
  useStayAtEnd(virtual, scroller, atEnd);
  const { freshFrom, unread } = useReading({ channelId, personId, count, known: channel.messages, counted, atEnd });
  const { jump, lit } = useJump({ show, channelId, find, pages: pageOf(Math.max(0, count - 1)) });
  const feedKeys = useFeedKeys({ show, scroller, count, setCurrent });
  useImperativeHandle(handle, () => ({
    toEnd: () => virtual.scrollToEnd(),
    jump,
    focus: () => feedKeys.focus(count - 1),
  }));
  const started = useRef(false);
  useEffect(() => {
    if (started.current || count === 0) return;
    started.current = true;
    virtual.scrollToEnd();
  }, [count, virtual]);
  return (
    <div className="relative min-h-0 flex-1">
      <div ref={scroller} className="messages h-full overflow-y-auto overscroll-contain">
        <div className="flex min-h-full flex-col justify-end">
          {count === 0 ? (
            <EmptyChannel channel={channel} />
          ) : (
            <div
              role="feed"
              aria-label={`Messages in ${channel.name}`}
              aria-busy={rowAt(count - 1) === undefined}
              onKeyDown={feedKeys.pressed}
              onFocus={feedKeys.focused}
              onBlur={feedKeys.blurred}
              className="relative w-full"
              style={{ height: virtual.getTotalSize() }}
            >
              {items.map(({ index: entry, start, size }) => {
                const index = entries[entry] ?? 0;
                if (index < 0) {
                  return <Gap key={index} index={entry} start={start} size={size} />;
                }
                const row = rowAt(index);
                const before = rowAt(index - 1);
                const newDay =
                  row !== undefined && (index === 0 || (before !== undefined && !sameDay(before.at, row.at)));
                const fresh = index === freshFrom;
                return (
                  <div
                    key={index}
                    data-index={entry}
                    ref={virtual.measureElement}
                    className="absolute top-0 left-0 w-full"
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    {row === undefined ? (
                      <Skeleton position={index} count={count} />
                    ) : (
                      <MessageRow
                        key={row.messageId}
                        position={index}
                        count={count}
                        row={row}
                        day={newDay ? dayOf(row.at) : undefined}
                        fresh={fresh}
                        compact={
                          !newDay &&
                          !fresh &&
                          before !== undefined &&
                          before.userId === row.userId &&
                          row.replyTo === undefined &&
                          row.at - before.at < togetherMs
                        }
                        quoted={row.replyTo === undefined ? undefined : find(row.replyTo)?.row}
                        waiting={waiting.get(row.messageId) ?? ""}
                        current={index === (current ?? count - 1)}
                        lit={lit === row.messageId}
                      />
                    )}
                  </div>
                );
              })}
            </div>
          )}
        </div>
      </div>
      {!atEnd && count > 0 && <NewestButton unread={unread} onPress={() => virtual.scrollToEnd()} />}
      {wanted.some((page) => pages.get(page)?.state === "unavailable") && (
        <p
          role="status"
          className="absolute top-3 left-1/2 w-max max-w-[90%] -translate-x-1/2 rounded-full border border-line bg-raised px-4 py-1.5 text-faint text-sm shadow-lg"
        >
          These messages are not on this device yet.
        </p>
      )}
      <Announcer newest={rowAt(count - 1)} />
    </div>
  );
}
