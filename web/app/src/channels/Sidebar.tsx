import { useState } from "react";
import { Icon } from "../layout/Icon.tsx";
import { IconButton } from "../layout/IconButton.tsx";
import { useRoving } from "../layout/use_roving.ts";
import { Disc } from "../people/Disc.tsx";
import { useNames } from "../people/use_names.ts";
import { RefusedChannels } from "../rejected/RefusedChannels.tsx";
import { useSignedIn } from "../sign_in/session_context.ts";
import { OtherChannelItem, OwnChannelItem } from "./ChannelItem.tsx";
import { Probe } from "./Probe.tsx";
import { useChannels } from "./use_channels.ts";

/** All channels, this person's own first, to search and to open. */
export function Sidebar({
  channelId,
  onChosen,
  onCreate,
  onAccount,
}: {
  /** The open one. */
  readonly channelId: string | undefined;
  readonly onChosen: () => void;
  readonly onCreate: () => void;
  readonly onAccount: () => void;
}) {
  const { person } = useSignedIn();
  const nameOf = useNames();
  const [words, setWords] = useState("");
  const { mine, others, unknown, count, known, state } = useChannels(words);
  const roving = useRoving();
  const name = nameOf(person.id);
  const [next] = unknown;
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center gap-1 py-2 pr-2 pl-3">
        <button
          type="button"
          title="Account"
          onClick={onAccount}
          className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-1 text-left hover:bg-hover"
        >
          <Disc userId={person.id} name={name} small />
          <span className="truncate font-semibold">
            <span className="sr-only">Account: </span>
            {name}
          </span>
        </button>
        <IconButton icon="add" name="Create a channel" onClick={onCreate} />
      </div>
      <div className="px-3 pb-2">
        <label className="flex min-h-10 items-center gap-2 rounded-lg border border-edge/60 bg-ground px-2.5 text-faint focus-within:border-accent">
          <Icon name="search" size={18} />
          <input
            type="search"
            aria-label="Search channels"
            placeholder="Search channels"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || words === "") return;
              event.stopPropagation();
              setWords("");
            }}
            className="min-w-0 flex-1 bg-transparent text-text outline-none"
          />
        </label>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from link to link; the links are what is used. */}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4" onKeyDown={roving}>
        <RefusedChannels channelId={channelId} onChosen={onChosen} />
        <Section title="Your channels">
          {mine.map(({ id, name }) => (
            <li key={id}>
              <OwnChannelItem channelId={id} name={name} current={id === channelId} onChosen={onChosen} />
            </li>
          ))}
        </Section>
        {mine.length === 0 && known && (
          <p className="px-3 pb-2 text-faint text-sm">
            {words === "" ? "You are in no channel yet." : "None of yours is called so."}
          </p>
        )}
        {others.length > 0 && (
          <Section title="Other channels">
            {others.map(({ id, name, users }) => (
              <li key={id}>
                <OtherChannelItem
                  channelId={id}
                  name={name}
                  users={users}
                  current={id === channelId}
                  onChosen={onChosen}
                />
              </li>
            ))}
          </Section>
        )}
        {!known && state === "unavailable" && (
          <p className="px-3 py-2 text-faint text-sm">The channels cannot be loaded now. It is tried again.</p>
        )}
        {count > 0 && words !== "" && mine.length + others.length === 0 && (
          <p className="px-3 py-2 text-faint text-sm">No channel has “{words}” in it.</p>
        )}
      </div>
      {next !== undefined && <Probe key={next.id} channelId={next.id} users={next.users} />}
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={title} className="pt-2">
      <h2 className="px-3 pb-1 font-semibold text-faint text-xs uppercase tracking-wider">{title}</h2>
      <ul aria-label={title} className="grid grid-cols-[minmax(0,1fr)] gap-px">
        {children}
      </ul>
    </section>
  );
}
