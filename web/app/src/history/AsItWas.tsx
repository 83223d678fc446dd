import { useMemo } from "react";
import { pageOf } from "../messages/position.ts";
import { timeOf } from "../messages/times.ts";
import { useNames } from "../people/use_names.ts";
import type { ChannelHistory } from "./use_history.ts";

/** So many of the last messages are shown. */
const most = 8;

/** The views as they were after that version, and what the stream held then. */
export function AsItWas({
  channelId,
  history,
  version,
}: {
  readonly channelId: string;
  readonly history: ChannelHistory;
  readonly version: number;
}) {
  const nameOf = useNames();
  const { channel, messages, claims } = useMemo(() => {
    const channel = history.viewAt(`channel/${channelId}`, version).data ?? undefined;
    const newest = pageOf(Math.max(0, (channel?.messages ?? 0) - 1));
    const page = history.viewAt(`messages/${channelId}/${newest}`, version).data ?? [];
    return { channel, messages: page.slice(-most), claims: history.claimsAt(version) };
  }, [channelId, history, version]);
  return (
    <section aria-labelledby="as-it-was" className="mt-5 border-line border-t pt-4">
      <h3 id="as-it-was" className="font-semibold">
        As it was
      </h3>
      {channel === undefined ? (
        <p className="mt-1 text-faint">There was no channel.</p>
      ) : (
        <>
          <p className="mt-1">
            <span className="font-semibold">#{channel.name}</span>
            {channel.archived && " (archived)"}
            {channel.description !== "" && <span className="text-faint"> — {channel.description}</span>}
          </p>
          <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
            <dt className="text-faint">owner</dt>
            <dd>{nameOf(channel.owner)}</dd>
            <dt className="text-faint">members</dt>
            <dd className="line-clamp-3">
              {channel.members.length}: {channel.members.slice(0, 30).map(nameOf).join(", ")}
            </dd>
            <dt className="text-faint">messages</dt>
            <dd>{channel.messages}</dd>
            <dt className="text-faint">claims</dt>
            <dd className="break-all font-mono text-xs leading-5">{claims.join(", ") || "none"}</dd>
          </dl>
        </>
      )}
      {messages.length > 0 && (
        <ol
          aria-label="The last messages then"
          className="mt-3 grid gap-1.5 rounded-lg border border-line p-2.5 text-sm"
        >
          {messages.map((row) => (
            <li key={row.messageId} className="min-w-0 break-words">
              <bdi className="font-semibold">{nameOf(row.userId)}</bdi>{" "}
              <span className="text-faint text-xs">{timeOf(row.at)}</span>{" "}
              <span dir="auto" className={row.deleted ? "text-faint italic" : "line-clamp-3"}>
                {row.deleted ? "deleted" : row.text}
              </span>
              {Object.entries(row.reactions).map(([emoji, people]) => (
                <span key={emoji} className="mr-1.5 text-xs">
                  {emoji} {people.length}
                </span>
              ))}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
