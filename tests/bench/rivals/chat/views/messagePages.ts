import type { Happened, Projection } from "../view.ts";
import { objectOf } from "./object.ts";

const messagesOnAPage = 100;

type Item = {
  readonly messageId: string;
  readonly userId: string;
  text: string;
  readonly at: number;
  editedAt: number | undefined;
  deleted: true | undefined;
  readonly replyTo: string | undefined;
  reactions: Map<string, string[]> | undefined;
};

/** Every page of a channel at once. */
export const messagePages = (channel: string): Projection => {
  const stream = `channel-${channel}`;
  const items = new Map<string, Item>();
  return {
    handles: ["message_sent", "message_edited", "message_deleted", "reaction_added", "reaction_removed"],
    hears: (heard) => heard === stream,
    project(event) {
      if (event.type === "message_sent") items.set(event.data.messageId, itemOf(event, event.data));
      else if ("messageId" in event.data) changeItem(items.get(event.data.messageId), event);
    },
    *data() {
      const all = [...items.values()];
      for (let at = 0; at < all.length; at += messagesOnAPage) {
        const page = all.slice(at, at + messagesOnAPage).map(itemJson);
        yield [`messages/${channel}/${at / messagesOnAPage + 1}`, `[${page.join(",")}]`];
      }
    },
  };
};

const itemOf = (event: Happened, data: { messageId: string; text: string; replyTo?: string | undefined }): Item => ({
  messageId: data.messageId,
  userId: event.actor.id,
  text: data.text,
  at: event.at,
  editedAt: undefined,
  deleted: undefined,
  replyTo: data.replyTo,
  reactions: undefined,
});

const changeItem = (item: Item | undefined, event: Happened): void => {
  if (item === undefined) return;
  switch (event.type) {
    case "message_edited":
      item.text = event.data.text;
      item.editedAt = event.at;
      break;
    case "message_deleted":
      item.text = "";
      item.deleted = true;
      item.reactions = undefined;
      break;
    case "reaction_added": {
      item.reactions ??= new Map();
      const users = item.reactions.get(event.data.emoji);
      if (users === undefined) item.reactions.set(event.data.emoji, [event.actor.id]);
      else users.push(event.actor.id);
      break;
    }
    case "reaction_removed": {
      const users = item.reactions?.get(event.data.emoji)?.filter((user) => user !== event.actor.id);
      if (users?.length) item.reactions?.set(event.data.emoji, users);
      else item.reactions?.delete(event.data.emoji);
      break;
    }
  }
};

// JSON.stringify leaves undefined out; only the map of reactions needs a hand, and most messages have none.
const itemJson = (item: Item): string => {
  const { reactions, ...rest } = item;
  return `${JSON.stringify(rest).slice(0, -1)},"reactions":${reactions === undefined ? "{}" : objectOf(reactions)}}`;
};
