import type { Projection } from "../view.ts";

const messagesOnAPage = 100;

type Overview = { readonly id: string; name: string; description: string; readonly owner: string; archived: boolean };

export const channelView = (id: string): Projection => {
  const members = new Set<string>();
  let overview: Overview | undefined;
  let messages = 0;
  return {
    handles: [
      "channel_created",
      "channel_renamed",
      "channel_described",
      "channel_archived",
      "user_joined_channel",
      "user_left_channel",
      "message_sent",
    ],
    hears: (stream) => stream === `channel-${id}`,
    project(event) {
      switch (event.type) {
        case "message_sent":
          messages += 1;
          break;
        case "user_joined_channel":
          members.add(event.data.userId);
          break;
        case "user_left_channel":
          members.delete(event.data.userId);
          break;
        case "channel_created": {
          const { name, description = "" } = event.data;
          overview = { id, name, description, owner: event.actor.id, archived: false };
          members.add(event.actor.id);
          break;
        }
        case "channel_renamed":
          if (overview) overview.name = event.data.name;
          break;
        case "channel_described":
          if (overview) overview.description = event.data.description;
          break;
        case "channel_archived":
          if (overview) overview.archived = true;
          break;
      }
    },
    data() {
      const pages = Math.ceil(messages / messagesOnAPage);
      const data = overview === undefined ? null : { ...overview, members: [...members], messages, pages };
      return [[`channel/${id}`, JSON.stringify(data)]];
    },
  };
};
