import type { History } from "@crowbar/client";
import type { Types } from "@crowbar/domain/chat/url";
import { useCallback, useEffect, useState } from "react";
import { useClient } from "../start/chat.ts";

export type ChannelHistory = History<Types, "channel">;
export type HistoryNow =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly history: ChannelHistory }
  | { readonly state: "failed"; readonly problem: string };

/** The whole history of a channel, and how to read it again. */
export function useHistory(channelId: string): readonly [HistoryNow, again: () => void] {
  const client = useClient();
  const [now, setNow] = useState<HistoryNow>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn reads it again.
  useEffect(() => {
    const left = new AbortController();
    let open: ChannelHistory | undefined;
    client.history("channel", channelId, left.signal).then(
      (history) => {
        if (left.signal.aborted) return history.close();
        open = history;
        setNow({ state: "ready", history });
      },
      (error: unknown) => {
        if (!left.signal.aborted)
          setNow({ state: "failed", problem: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      left.abort();
      open?.close();
    };
  }, [client, channelId, turn]);
  return [now, useCallback(() => setTurn((one) => one + 1), [])];
}
