import type { ViewNow } from "@crowbar/client";
import { useState } from "react";
import { Blank } from "../layout/Blank.tsx";
import { Button } from "../layout/Button.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import { LostChannel } from "../rejected/LostChannel.tsx";
import type { Lost } from "../rejected/lost.ts";
import { RefusedHere } from "../rejected/RefusedHere.tsx";
import { useSend, useView, useWaiting } from "../start/chat.ts";
import { ChannelHead } from "./ChannelHead.tsx";

/** A channel that this person cannot read: to join, or lost, with its reason. */
export function Closed({
  channelId,
  state,
  lost,
  onOpenChannels,
}: {
  readonly channelId: string;
  readonly state: ViewNow<unknown>["state"];
  /** It was to be created, and is not. */
  readonly lost: Lost | undefined;
  readonly onOpenChannels: () => void;
}) {
  const { data } = useView("allchannels");
  const send = useSend();
  const waiting = useWaiting();
  const [refusal, setRefusal] = useState<string>();
  const listed = data?.find(({ id }) => id === channelId);
  const stream = `channel-${channelId}`;
  const joining = waiting.some(({ command }) => command.stream === stream && command.type === "join_channel");
  const join = () => {
    const sent = send({ stream, type: "join_channel", data: {} });
    setRefusal(sent.verdict?.accepted === false ? sent.verdict.rejection.message : undefined);
    ifNotKept(sent, setRefusal);
  };
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <ChannelHead
        name={listed?.name ?? lost?.name ?? "No channel"}
        description={listed?.description}
        onOpenChannels={onOpenChannels}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {lost !== undefined ? (
          <div className="mx-auto max-w-lg p-5">
            <LostChannel lost={lost} />
          </div>
        ) : listed !== undefined ? (
          <Blank
            title={`You are not in ${listed.name}`}
            action={
              <Button look="main" onClick={join} disabled={joining}>
                {joining ? "Joining" : "Join channel"}
              </Button>
            }
          >
            {listed.users === 1 ? "One person is" : `${listed.users} people are`} in it. What is said there can be read
            by its members.
            {refusal !== undefined && <Refusal>{refusal}</Refusal>}
          </Blank>
        ) : state === "unavailable" ? (
          <Blank title="The channel cannot be loaded now">
            It is tried again by itself, as soon as the server answers.
          </Blank>
        ) : (
          <Blank title="There is no such channel">It was archived, or it never was. Choose another one.</Blank>
        )}
      </div>
      {lost === undefined && <RefusedHere channelId={channelId} />}
    </main>
  );
}
