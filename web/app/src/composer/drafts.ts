import { kept } from "../device/kept.ts";

/** What somebody has begun to say in a channel, on this device. */
export const draftOf = (personId: string, channelId: string) => kept(`draft:${personId}:${channelId}`, "");
