import { Button } from "../layout/Button.tsx";
import { wholeTimeOf } from "../messages/times.ts";
import { useNames } from "../people/use_names.ts";
import { happened } from "./happened.ts";
import type { ChannelHistory } from "./use_history.ts";

/** Goes through the versions of a channel: by dragging, by arrows, one at a time. */
export function VersionSlider({
  history,
  version,
  onChosen,
}: {
  readonly history: ChannelHistory;
  readonly version: number;
  readonly onChosen: (version: number) => void;
}) {
  const nameOf = useNames();
  const last = history.events.length;
  const event = history.events[version - 1];
  const said =
    event === undefined
      ? "before anything happened"
      : `${nameOf(event.actor.id)} ${happened(event)}, ${wholeTimeOf(event.at)}`;
  return (
    <div className="px-4 pb-3">
      <label className="grid gap-1">
        <span className="flex items-baseline justify-between gap-2">
          <span className="font-semibold text-sm">Version</span>
          <output className="text-faint text-sm tabular-nums">
            {version} of {last}
          </output>
        </span>
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={version}
          aria-label="Version"
          aria-valuetext={`${version} of ${last}: ${said}`}
          onChange={(event) => onChosen(Number(event.target.value))}
          className="h-11 w-full accent-accent"
        />
      </label>
      <div className="flex flex-wrap gap-1.5">
        <Button small onClick={() => onChosen(0)} disabled={version === 0}>
          First
        </Button>
        <Button small onClick={() => onChosen(version - 1)} disabled={version === 0}>
          Back
        </Button>
        <Button small onClick={() => onChosen(version + 1)} disabled={version === last}>
          Forward
        </Button>
        <Button small onClick={() => onChosen(last)} disabled={version === last}>
          Newest
        </Button>
      </div>
    </div>
  );
}
