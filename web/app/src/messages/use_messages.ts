import type { ViewNow } from "@crowbar/client";
import { useMemo } from "react";
import { useView } from "../start/chat.ts";
import type { ChannelRow, MessagesRow } from "../start/rows.ts";
import { beginningOf, pageOf, pageSize } from "./position.ts";
import { useWatchedPages } from "./use_pages.ts";

export interface Found {
  readonly row: MessagesRow;
  readonly position: number;
}

/** The messages of a channel by their positions, as far as their pages are loaded. */
export function useMessages(channel: ChannelRow) {
  const { watched, pages } = useWatchedPages(channel.id);
  // The newest page knows of a message as soon as the channel does, and shows it; so it says how many there are.
  const newest = Math.max(1, pageOf(channel.messages - 1));
  const view = useView(`messages/${channel.id}/${newest}`);
  const full = view.data?.length === pageSize;
  // Only asked for where there may be one.
  const beyond = useView(`messages/${channel.id}/${full ? newest + 1 : newest}`);
  const count =
    view.data === undefined
      ? pages.get(newest - 1)?.data === undefined
        ? channel.messages
        : beginningOf(newest)
      : beginningOf(newest) + view.data.length + (full ? (beyond.data?.length ?? 0) : 0);
  return useMemo(() => {
    const rowsOf = (page: number) =>
      page === newest ? view.data : page === newest + 1 ? (full ? beyond.data : undefined) : pages.get(page)?.data;
    return {
      watched,
      pages,
      count,
      /** Has the server said how many there are, since the page was opened? */
      counted: isAnswered(view) && isAnswered(beyond),
      rowAt: (position: number): MessagesRow | undefined =>
        position < 0 ? undefined : rowsOf(pageOf(position))?.[position % pageSize],
      /** A message by its id, where its page is loaded. */
      find(messageId: string): Found | undefined {
        for (const page of new Set([newest + 1, newest, ...pages.keys()])) {
          const place = rowsOf(page)?.findIndex((row) => row.messageId === messageId) ?? -1;
          const row = rowsOf(page)?.[place];
          if (row !== undefined) return { row, position: beginningOf(page) + place };
        }
        return undefined;
      },
    };
  }, [watched, pages, newest, count, full, view, beyond]);
}

const isAnswered = ({ state, cached }: Pick<ViewNow<unknown>, "state" | "cached">) =>
  !cached && (state === "ready" || state === "missing");
