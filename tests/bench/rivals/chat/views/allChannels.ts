import type { Happened, Projection } from "../view.ts";

type Row = {
  readonly id: string;
  name: string;
  description: string;
  users: number;
  readonly owner: string;
  readonly createdAt: number;
};

/** The living channels in order of creation. */
export const allChannels = (): Projection => {
  const living = new Map<string, Row>();
  return {
    handles: [
      "channel_created",
      "channel_renamed",
      "channel_described",
      "channel_archived",
      "user_joined_channel",
      "user_left_channel",
    ],
    hears: (stream) => stream.startsWith("channel-"),
    project(event) {
      const row = living.get(event.stream);
      if (event.type === "channel_created") living.set(event.stream, created(event, event.data));
      else if (row !== undefined) changeRow(living, row, event);
    },
    data() {
      const rows = [...living.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      return [["allchannels", JSON.stringify(rows)]];
    },
  };
};

const created = (event: Happened, data: { readonly name: string; readonly description?: string | undefined }): Row => ({
  id: event.stream.slice("channel-".length),
  name: data.name,
  description: data.description ?? "",
  users: 1,
  owner: event.actor.id,
  createdAt: event.at,
});

const changeRow = (living: Map<string, Row>, row: Row, event: Happened): void => {
  switch (event.type) {
    case "channel_renamed":
      row.name = event.data.name;
      break;
    case "channel_described":
      row.description = event.data.description;
      break;
    case "channel_archived":
      living.delete(event.stream);
      break;
    case "user_joined_channel":
      row.users += 1;
      break;
    case "user_left_channel":
      row.users -= 1;
      break;
  }
};
