import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { FeedLayout, likelyHeight, pageOfEntry } from "./feed_layout.ts";
import { pageOf } from "./position.ts";

/** Whoever is nearer to the end than this is at the end, in px. */
const endsWithin = 60;
/** Pages are wanted when so many messages lie before them. */
const ahead = 30;

export type FeedVirtualizer = Virtualizer<HTMLDivElement, Element>;

/** Which of a channel's messages are in sight, and how to go to any. */
export function useFeed({
  scroller,
  count,
  near,
  current,
}: {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly count: number;
  /** Pages that are watched: each of their messages has its place. */
  readonly near: Iterable<number>;
  /** Who has the focus stays, wherever the rest is scrolled. */
  readonly current: number | undefined;
}) {
  const [layout] = useState(() => new FeedLayout());
  // Its page stays laid out until another one is sought.
  const [sought, setSought] = useState<{ readonly position: number; readonly align: "center" | "auto" }>();
  const made = useRef<FeedVirtualizer>(null);
  const expanded = [...near, ...[current, sought?.position].flatMap((at) => (at === undefined ? [] : [pageOf(at)]))];
  const key = expanded.toSorted((one, other) => one - other).join();
  const { entries, getItemKey } = useMemo(() => {
    const pages = new Set(key === "" ? [] : key.split(",").map(Number));
    const heightOf = (position: number) => made.current?.itemSizeCache.get(position) ?? likelyHeight;
    const entries = layout.arrange(count, pages, heightOf);
    return { entries, getItemKey: (index: number) => entries[index] ?? index };
  }, [layout, count, key]);
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: entries.length,
    getItemKey,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => layout.likelyHeightOf(index),
    initialOffset: () => count * likelyHeight,
    initialRect: { width: 800, height: 700 },
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: endsWithin,
    overscan: 6,
    paddingEnd: 12,
    rangeExtractor: ({ startIndex, endIndex, overscan }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(entries.length - 1, endIndex + overscan);
      const all = Array.from({ length: to - from + 1 }, (_, place) => from + place);
      const focused = current === undefined || current >= count ? undefined : layout.indexOf(current);
      if (focused !== undefined && (focused < from || focused > to)) all.push(focused);
      return all.sort((one, other) => one - other);
    },
  });
  made.current = virtual;
  useLayoutEffect(() => {
    if (sought === undefined) return;
    // By its place in px: entries change their index when pages beside it are laid out.
    const [offset] = virtual.getOffsetForIndex(layout.indexOf(sought.position), sought.align) ?? [];
    if (offset !== undefined) virtual.scrollToOffset(offset);
  }, [sought, layout, virtual]);
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  const [top = 0, bottom = 0] = [entries[startIndex], entries[endIndex]];
  const wanted = new Set([pageOfEntry(top), pageOfEntry(bottom)]);
  if (top >= ahead) wanted.add(pageOf(top - ahead));
  if (bottom >= 0) wanted.add(pageOf(Math.min(Math.max(0, count - 1), bottom + ahead)));
  return {
    virtual,
    items,
    entries,
    wanted: count === 0 ? [] : [...wanted],
    atEnd: virtual.isAtEnd(endsWithin),
    /** Brings a message into sight. */
    show: (position: number, align: "center" | "auto") => setSought({ position, align }),
  };
}
