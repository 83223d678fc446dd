import type { Views } from "@crowbar/domain/chat/url";

/** A row of a page: what somebody said. */
export type MessagesRow = Views["messages"][number];
/** A channel and its members. */
export type ChannelRow = NonNullable<Views["channel"]>;
