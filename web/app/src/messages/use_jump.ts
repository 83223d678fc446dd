import { useEffect, useState } from "react";
import { useClient } from "../start/chat.ts";
import { useOpenChannel } from "./channel_context.ts";
import { findMessage } from "./find_message.ts";
import type { Found } from "./use_messages.ts";

const litMs = 2_000;

/** Leads to a message, wherever it is. */
export function useJump({
  show,
  channelId,
  find,
  pages,
}: {
  readonly show: (position: number, align: "center") => void;
  readonly channelId: string;
  readonly find: (messageId: string) => Found | undefined;
  readonly pages: number;
}) {
  const client = useClient();
  const { tell } = useOpenChannel();
  const [lit, setLit] = useState<string>();
  useEffect(() => {
    if (lit === undefined) return;
    const timer = setTimeout(() => setLit(undefined), litMs);
    return () => clearTimeout(timer);
  }, [lit]);
  const jump = async (messageId: string) => {
    const position = find(messageId)?.position ?? (await findMessage(client, channelId, pages, messageId));
    if (position === undefined) return tell("That message could not be found.");
    show(position, "center");
    setLit(messageId);
  };
  return { lit, jump: (messageId: string) => void jump(messageId) };
}
