import { useLayoutEffect, useState } from "react";
import { useWatched } from "../device/use_watched.ts";
import { useClient } from "../start/chat.ts";
import { PagesWatched } from "./pages_watched.ts";

/** A page that is far from those that are known waits for so long: whoever drags past it does not want it. */
const calmMs = 60;

/** The pages of a channel of which some are wanted now. */
export function useWatchedPages(channelId: string) {
  const client = useClient();
  const [watched] = useState(() => new PagesWatched((page) => client.view(`messages/${channelId}/${page}`)));
  const pages = useWatched(watched);
  return { watched, pages };
}

/** Wants them: at once where they are beside known ones, else when the reader has come to rest. */
export function useWanted(watched: PagesWatched, wanted: readonly number[]): void {
  const key = wanted.join();
  useLayoutEffect(() => {
    const pages = key === "" ? [] : key.split(",").map(Number);
    const near = pages.some((page) => watched.holds(page)) || watched.get().size === 0;
    if (near) return watched.want(pages);
    const timer = setTimeout(() => watched.want(pages), calmMs);
    return () => clearTimeout(timer);
  }, [watched, key]);
}
