import { useMemo, useState } from "react";
import { Panel } from "../layout/Panel.tsx";
import { useSignedIn } from "../sign_in/session_context.ts";
import type { ChannelRow } from "../start/rows.ts";
import { Disc } from "./Disc.tsx";
import { useNames } from "./use_names.ts";

/** So many are shown; of more, whoever is sought. */
const shown = 200;

/** Who is in a channel. */
export function Members({ channel, onClose }: { readonly channel: ChannelRow; readonly onClose: () => void }) {
  const { person } = useSignedIn();
  const nameOf = useNames();
  const [words, setWords] = useState("");
  const found = useMemo(() => {
    const sought = words.trim().toLocaleLowerCase();
    return channel.members
      .map((id) => ({ id, name: nameOf(id) }))
      .filter(({ name }) => name.toLocaleLowerCase().includes(sought))
      .toSorted((one, other) => one.name.localeCompare(other.name));
  }, [channel.members, nameOf, words]);
  return (
    <Panel title="Members" onClose={onClose}>
      {channel.members.length > 8 && (
        <input
          type="search"
          aria-label="Search members"
          placeholder="Search members"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="mx-4 mb-2 min-h-10 rounded-lg border border-edge/60 bg-ground px-3"
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keyboard has to reach it. */}
      <ul aria-label="Members" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        {found.slice(0, shown).map(({ id, name }) => (
          <li key={id} className="flex min-h-11 items-center gap-2.5 rounded-lg px-2">
            <Disc userId={id} name={name} small />
            <span className="min-w-0 truncate">{name}</span>
            <span className="ml-auto shrink-0 text-faint text-sm">
              {[id === channel.owner && "owner", id === person.id && "you"].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
        {found.length > shown && (
          <li className="px-2 py-2 text-faint text-sm">and {found.length - shown} more: search for them</li>
        )}
      </ul>
    </Panel>
  );
}
