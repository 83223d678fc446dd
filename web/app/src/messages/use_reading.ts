import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { readMark } from "../channels/read_mark.ts";
import { useWatched } from "../device/use_watched.ts";

const subscribe = (listener: () => void) => {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
};
const isVisible = () => document.visibilityState === "visible";

/** How far a channel is read on this device: what is in sight at its end is read. */
export function useReading(now: {
  readonly channelId: string;
  readonly personId: string;
  readonly count: number;
  /** How many the channel itself says that there are: its pages may be known less far. */
  readonly known: number;
  /** Is that count the server's? The device's own may be of yesterday. */
  readonly counted: boolean;
  readonly atEnd: boolean;
}) {
  const { channelId, personId, count, known, counted, atEnd } = now;
  const mark = readMark(personId, channelId);
  const read = useWatched(mark);
  const visible = useSyncExternalStore(subscribe, isVisible);
  const reading = atEnd && visible && counted;
  // Where the line "New" stands: at what had come before the channel was opened, or while the person was away.
  const [freshFrom, setFreshFrom] = useState<number>();
  const opened = useRef(false);
  // Before what is in sight counts as read, below.
  useEffect(() => {
    if (!counted || opened.current) return;
    opened.current = true;
    if (mark.get() > 0 && mark.get() < Math.max(count, known)) setFreshFrom(mark.get());
  }, [counted, count, known, mark]);
  const latest = useRef(count);
  useEffect(() => {
    latest.current = count;
  });
  useEffect(() => {
    if (visible) return;
    const left = latest.current;
    return () => {
      if (latest.current > left) setFreshFrom(left);
    };
  }, [visible]);
  useEffect(() => {
    if (reading && count > 0 && mark.get() !== count) mark.set(count);
  }, [reading, count, mark]);
  return { freshFrom, unread: read === -1 ? 0 : Math.max(0, count - read) };
}
