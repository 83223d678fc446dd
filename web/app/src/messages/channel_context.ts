import { createContext, useContext } from "react";
import type { Part } from "../people/mentions.ts";
import type { ChatCommand, ChatSent } from "../start/chat.ts";
import type { MessagesRow } from "../start/rows.ts";

/** What every message of the open channel may ask for. The same object as long as names do not change. */
export interface OpenChannelContext {
  readonly channelId: string;
  readonly personId: string;
  readonly nameOf: (userId: string) => string;
  readonly mentions: (text: string) => readonly Part[];
  /** What the rules would say against it now; undefined where they would take it, or cannot tell. */
  readonly refusalOf: (command: ChatCommand<"channel">) => string | undefined;
  readonly send: (command: ChatCommand<"channel">) => ChatSent<"channel">;
  readonly reply: (row: MessagesRow) => void;
  /** Opens a message to be said otherwise, and puts the cursor at its end. */
  readonly edit: (row: MessagesRow) => void;
  /** The edit of a message is over, whichever way: on with writing. */
  readonly endEdit: (messageId: string) => void;
  readonly jump: (messageId: string) => void;
  /** What came of something that cannot say it where it was done. */
  readonly tell: (words: string) => void;
}

export const OpenChannelContext = createContext<OpenChannelContext | undefined>(undefined);

export function useOpenChannel(): OpenChannelContext {
  const open = useContext(OpenChannelContext);
  if (open === undefined) throw new Error("No channel is open here.");
  return open;
}
