import { useEffect } from "react";
import { useWatched } from "../device/use_watched.ts";
import { useSignedIn } from "../sign_in/session_context.ts";
import { Link } from "../start/Link.tsx";
import { channelPath } from "../start/route.ts";
import { readMark } from "./read_mark.ts";
import { useChannel } from "./use_channel.ts";

interface ChannelItemProps {
  readonly channelId: string;
  readonly name: string;
  readonly current: boolean;
  readonly onChosen: () => void;
}

const look =
  "flex min-h-11 md:min-h-9 items-center gap-2 rounded-lg px-3 text-faint hover:bg-hover hover:text-text aria-[current]:bg-tint aria-[current]:text-accent aria-[current]:font-semibold";

/** One of this person's channels, with how much of it is unread. */
export function OwnChannelItem({ channelId, name, current, onChosen }: ChannelItemProps) {
  const { person } = useSignedIn();
  const { data } = useChannel(channelId);
  const mark = readMark(person.id, channelId);
  const read = useWatched(mark);
  const messages = data?.messages;
  useEffect(() => {
    // What was said before this device knew the channel is nobody's arrear.
    if (read === -1 && messages !== undefined) mark.set(messages);
  }, [mark, read, messages]);
  const unread = messages === undefined || read === -1 ? 0 : Math.max(0, messages - read);
  return (
    <Link
      href={channelPath(channelId)}
      aria-current={current ? "page" : undefined}
      className={`${look} ${unread > 0 ? "font-semibold text-text" : ""}`}
      onClick={onChosen}
    >
      <Hash />
      {unread > 0 ? (
        <>
          <span className="sr-only">{`${name}, ${unread} unread`}</span>
          <span aria-hidden="true" className="min-w-0 flex-1 truncate">
            {name}
          </span>
          <span
            aria-hidden="true"
            className="rounded-full bg-accent px-2 font-semibold text-on-accent text-xs leading-5 tabular-nums"
          >
            {unread > 999 ? "999+" : unread}
          </span>
        </>
      ) : (
        <span className="min-w-0 flex-1 truncate">{name}</span>
      )}
    </Link>
  );
}

/** A channel that this person is not in. */
export function OtherChannelItem({
  channelId,
  name,
  current,
  onChosen,
  users,
}: ChannelItemProps & { readonly users: number }) {
  return (
    <Link href={channelPath(channelId)} aria-current={current ? "page" : undefined} className={look} onClick={onChosen}>
      <Hash />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span aria-hidden="true" className="text-faint text-xs tabular-nums" title={`${users} members`}>
        {users}
      </span>
    </Link>
  );
}

const Hash = () => (
  <span aria-hidden="true" className="text-faint">
    #
  </span>
);
