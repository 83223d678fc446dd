import { kept } from "../device/kept.ts";

/** How many messages of a channel were read on this device; -1 until it was opened or heard of here. */
export const readMark = (personId: string, channelId: string) => kept(`read:${personId}:${channelId}`, -1);
