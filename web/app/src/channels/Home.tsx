import { useEffect } from "react";
import type { Watchable } from "../device/watchable.ts";
import { Blank } from "../layout/Blank.tsx";
import { Button } from "../layout/Button.tsx";
import { channelPath, go } from "../start/route.ts";
import { useChannels } from "./use_channels.ts";

/** Where no channel is open: leads to the last one, or says how to begin. */
export function Home({
  last,
  onOpenChannels,
  onCreate,
}: {
  readonly last: Watchable<string | undefined>;
  readonly onOpenChannels: () => void;
  readonly onCreate: () => void;
}) {
  const { count, known, mine } = useChannels();
  useEffect(() => {
    const channelId = last.get() ?? mine[0]?.id;
    if (channelId !== undefined) go(channelPath(channelId), "replace");
  }, [last, mine]);
  return (
    <main className="min-w-0 flex-1">
      <h1 className="sr-only">Crowbar</h1>
      <Blank
        title={count === 0 && known ? "Nobody has opened a channel yet" : "Choose a channel"}
        action={
          <>
            <Button className="md:hidden" onClick={onOpenChannels}>
              Open channels
            </Button>
            <Button look={count === 0 && known ? "main" : "plain"} onClick={onCreate}>
              Create a channel
            </Button>
          </>
        }
      >
        {count === 0 && known
          ? "The first one is yours to make. It is there at once, even offline."
          : "They are in the list. Join one to read what is said there."}
      </Blank>
    </main>
  );
}
