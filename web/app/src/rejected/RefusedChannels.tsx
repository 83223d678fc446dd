import { Icon } from "../layout/Icon.tsx";
import { useRejected } from "../start/chat.ts";
import { Link } from "../start/Link.tsx";
import { channelPath } from "../start/route.ts";
import { lostIn } from "./lost.ts";

/** Channels that were to be created and are not, where they stood. The open one has its reason on its own page. */
export function RefusedChannels({
  channelId: open,
  onChosen,
}: {
  readonly channelId: string | undefined;
  readonly onChosen: () => void;
}) {
  const { rejected } = useRejected();
  const { lost } = lostIn(rejected);
  if (lost.length === 0) return null;
  return (
    <ul aria-label="Refused channels" className="grid grid-cols-[minmax(0,1fr)] gap-px pt-2">
      {lost.map(({ channelId, name, creation }) => (
        <li key={channelId}>
          <Link
            href={channelPath(channelId)}
            aria-current={channelId === open ? "page" : undefined}
            onClick={onChosen}
            className="grid min-h-11 grid-cols-[auto_minmax(0,1fr)] content-center items-center gap-x-2 rounded-lg px-3 py-1 text-no hover:bg-hover aria-[current]:bg-no-tint aria-[current]:font-semibold md:min-h-9"
          >
            <Icon name="refused" size={17} />
            <span className="truncate">
              <span className="sr-only">Refused: </span>
              {name}
            </span>
            {channelId !== open && <span className="col-start-2 break-words text-sm">{creation.message}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
