import { kept } from "../device/kept.ts";

/** The channel that was open last on this device: where `/` leads. */
export const lastChannel = (personId: string) => kept<string | undefined>(`last:${personId}`, undefined);
