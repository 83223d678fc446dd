import type { DecidedCommand } from "@crowbar/client";
import type { Types } from "@crowbar/domain/chat/url";
import { useCallback, useEffect, useState } from "react";
import { useSyncStatus } from "../start/chat.ts";
import type { ChannelHistory } from "./use_history.ts";

export type ChannelCommand = DecidedCommand<Types, "channel">;
/** `hidden`: it is not for this person · `offline`: it is asked for when the server can be reached again. */
export type CommandNow =
  | { readonly state: "loading" | "offline" | "failed" | "hidden" }
  | { readonly state: "ready"; readonly decided: ChannelCommand };

/** So long the slider stands still before the server is asked, in ms: positions that it passes are nobody's question. */
const restMs = 250;

/** The command behind a version, and how to ask for it again. What was told once is there at once. */
export function useCommand(history: ChannelHistory, version: number): readonly [CommandNow, again: () => void] {
  const offline = useSyncStatus().state === "offline";
  const id = history.events[version - 1]?.command;
  const [told, setTold] = useState<ReadonlyMap<string, ChannelCommand>>(() => new Map());
  const [failed, setFailed] = useState<{ readonly id: string; readonly state: "failed" | "hidden" }>();
  const [turn, setTurn] = useState(0);
  const decided = told.get(id ?? "");
  const known = decided !== undefined;
  const again = useCallback(() => setTurn((one) => one + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again, and so does another way to the server.
  useEffect(() => {
    if (id === undefined || known) return;
    let left = false;
    setFailed(undefined);
    const timer = setTimeout(() => {
      // Also where the server is thought to be out of reach: by asking one finds out.
      history.commandOf(version).then(
        (one) => setTold((all) => new Map(all).set(id, one)),
        (error: unknown) => {
          if (!left) setFailed({ id, state: error instanceof RangeError ? "hidden" : "failed" });
        },
      );
    }, restMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [history, version, id, known, offline, turn]);
  return [now(), again];

  function now(): CommandNow {
    if (decided !== undefined) return { state: "ready", decided };
    if (offline) return { state: "offline" };
    return { state: failed !== undefined && failed.id === id ? failed.state : "loading" };
  }
}
