import type { ViewNow, Watched } from "@crowbar/client";
import type { ChatClient } from "../start/chat.ts";
import { madeAt } from "../start/new_id.ts";
import type { MessagesRow } from "../start/rows.ts";
import type { PageNow } from "./pages_watched.ts";
import { beginningOf } from "./position.ts";

/** So many pages are looked through beside the likeliest one. */
const reach = 6;

/**
 * The position of a message that is on none of the loaded pages. No view says it, but most ids say when they were made, and
 * pages are in order of time. What was taken in from elsewhere has ids of its own: then the log says it. Undefined where it is
 * not there, or cannot be asked for now.
 */
export async function findMessage(
  client: ChatClient,
  channelId: string,
  pages: number,
  messageId: string,
): Promise<number | undefined> {
  const view = (page: number) => client.view(`messages/${channelId}/${page}`);
  return (await byTime(view, pages, messageId)) ?? (await byLog(client, channelId, messageId));
}

async function byLog(client: ChatClient, channelId: string, messageId: string): Promise<number | undefined> {
  const history = await client.history("channel", channelId).catch(() => undefined);
  if (history === undefined) return undefined;
  const sent = history.events.filter(({ type }) => type === "message_sent");
  const position = sent.findIndex(({ data }) => "messageId" in data && data.messageId === messageId);
  history.close();
  return position === -1 ? undefined : position;
}

async function byTime(
  view: (page: number) => Watched<PageNow>,
  pages: number,
  messageId: string,
): Promise<number | undefined> {
  const at = madeAt(messageId);
  if (at === undefined) return undefined;
  let low = 1;
  let high = pages;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [first] = await loaded(view(middle));
    if (first === undefined || first.at > at) high = middle - 1;
    else low = middle;
  }
  // Made before it was stored: perhaps long before, offline.
  for (const page of around(low, pages)) {
    const place = (await loaded(view(page))).findIndex((row) => row.messageId === messageId);
    if (place !== -1) return beginningOf(page) + place;
  }
  return undefined;
}

/** The pages beside one, the nearest first. */
function around(page: number, pages: number): readonly number[] {
  const all = [page];
  for (let away = 1; away <= reach; away += 1) all.push(page + away, page - away);
  return all.filter((one) => one >= 1 && one <= pages);
}

/** The rows of a page, once they are there; none where it cannot be had. */
function loaded(watched: Watched<ViewNow<readonly MessagesRow[]>>): Promise<readonly MessagesRow[]> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined;
    const look = () => {
      const { state, data } = watched.get();
      if (state === "loading" && data === undefined) return;
      resolve(data ?? []);
      stop?.();
      stop = undefined;
    };
    stop = watched.subscribe(look);
    look();
  });
}
