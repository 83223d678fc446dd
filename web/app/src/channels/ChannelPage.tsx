import type { PanelName } from "../layout/Frame.tsx";
import { Loading } from "../layout/Loading.tsx";
import { lostIn } from "../rejected/lost.ts";
import { useRejected } from "../start/chat.ts";
import { ChannelHead } from "./ChannelHead.tsx";
import { Closed } from "./Closed.tsx";
import { OpenChannel } from "./OpenChannel.tsx";
import { useChannel } from "./use_channel.ts";

export interface ChannelPageProps {
  readonly channelId: string;
  readonly panel: PanelName | undefined;
  readonly onPanel: (panel: PanelName | undefined) => void;
  readonly onOpenChannels: () => void;
}

/** A channel: open to its members, with a way in for others, and with its reason where there is none. */
export function ChannelPage(props: ChannelPageProps) {
  const { channelId, onOpenChannels } = props;
  const { state, data, member } = useChannel(channelId);
  const { rejected } = useRejected();
  const lost = lostIn(rejected).lost.find((one) => one.channelId === channelId);
  if (data && member === true) return <OpenChannel {...props} channel={data} />;
  if (state === "loading" && lost === undefined) {
    return (
      <main className="flex min-w-0 flex-1 flex-col">
        <ChannelHead name="…" onOpenChannels={onOpenChannels} />
        <Loading what="Opening the channel" />
      </main>
    );
  }
  return <Closed channelId={channelId} state={state} lost={lost} onOpenChannels={onOpenChannels} />;
}
