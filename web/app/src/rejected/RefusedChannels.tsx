import { useRejected } from "../start/chat.ts";
import { Link } from "../start/Link.tsx";
import { channelPath } from "../start/route.ts";
import { RejectedCard } from "./RejectedCard.tsx";
import { channelOf } from "./told.ts";

/** Channels that were to be created and are not, each with its reason, where they would have stood. */
export function RefusedChannels() {
  const { rejected } = useRejected();
  const refused = rejected.filter(({ command }) => command.type === "create_channel");
  if (refused.length === 0) return null;
  return (
    <div className="grid gap-2 px-1 pt-2">
      {refused.map((one) => (
        <RejectedCard
          key={one.command.id}
          rejected={one}
          more={
            <Link
              href={channelPath(channelOf(one) ?? "")}
              className="inline-flex min-h-8 items-center rounded-lg border border-edge/60 bg-raised px-2.5 font-semibold text-sm hover:border-accent"
            >
              Open
            </Link>
          }
          title={`${one.command.type === "create_channel" ? one.command.data.name : ""} was refused`}
        />
      ))}
    </div>
  );
}
