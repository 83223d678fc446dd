import { useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Loading } from "../layout/Loading.tsx";
import { Panel } from "../layout/Panel.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { useAggregate } from "../start/chat.ts";
import { AsItWas } from "./AsItWas.tsx";
import { Asked } from "./Asked.tsx";
import { Moment } from "./Moment.tsx";
import { TryCommand } from "./TryCommand.tsx";
import { type ChannelHistory, useHistory } from "./use_history.ts";
import { VersionSlider } from "./VersionSlider.tsx";

/** A channel as it was after each of its events: a log forgets nothing, so every moment can be looked at again. */
export function HistoryPanel({ channelId, onClose }: { readonly channelId: string; readonly onClose: () => void }) {
  const [now, again] = useHistory(channelId);
  return (
    <Panel title="History" wide onClose={onClose}>
      {now.state === "loading" && <Loading what="Reading the log" />}
      {now.state === "failed" && (
        <div className="grid gap-3 p-4">
          <Refusal>{now.problem}</Refusal>
          <Button onClick={again}>Try again</Button>
        </div>
      )}
      {now.state === "ready" && <Looked channelId={channelId} history={now.history} onAgain={again} />}
    </Panel>
  );
}

function Looked({
  channelId,
  history,
  onAgain,
}: {
  readonly channelId: string;
  readonly history: ChannelHistory;
  readonly onAgain: () => void;
}) {
  const last = history.events.length;
  const { version: known } = useAggregate("channel", channelId);
  // Undefined: the newest, whatever that is.
  const [chosen, setChosen] = useState<number>();
  const version = Math.min(chosen ?? last, last);
  return (
    <>
      <VersionSlider
        history={history}
        version={version}
        onChosen={(next) => setChosen(next === last ? undefined : next)}
      />
      {known > last && (
        <div className="px-4 pb-2">
          <Button small onClick={onAgain}>
            {known - last === 1 ? "One has" : `${known - last} have`} happened since: read again
          </Button>
        </div>
      )}
      <section aria-label="The moment" className="min-h-0 flex-1 overflow-y-auto border-line border-t px-4 pb-6">
        <Moment event={history.events[version - 1]} version={version} />
        <Asked history={history} version={version} />
        <AsItWas channelId={channelId} history={history} version={version} />
        <TryCommand key={history.stream} channelId={channelId} history={history} version={version} />
      </section>
    </>
  );
}
