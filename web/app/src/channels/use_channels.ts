import { useMemo } from "react";
import { useWatched } from "../device/use_watched.ts";
import { useSignedIn } from "../sign_in/session_context.ts";
import { useView } from "../start/chat.ts";
import { membershipsOf } from "./use_channel.ts";

/** The living channels whose name or purpose has the words in it, this person's own first. */
export function useChannels(words = "") {
  const { person } = useSignedIn();
  const all = useView("allchannels");
  const memberships = useWatched(membershipsOf(person.id));
  return useMemo(() => {
    const sought = words.trim().toLocaleLowerCase();
    const found = (all.data ?? []).filter(({ name, description }) =>
      `${name} ${description}`.toLocaleLowerCase().includes(sought),
    );
    const byName = found.toSorted((one, other) => one.name.localeCompare(other.name));
    return {
      state: all.state,
      known: all.data !== undefined || all.state === "missing",
      count: all.data?.length ?? 0,
      mine: byName.filter(({ id }) => memberships[id] === true),
      others: byName.filter(({ id }) => memberships[id] !== true),
      /** To be asked whether this person is a member. */
      unknown: (all.data ?? []).filter(({ id, users }) => memberships[id] !== true && memberships[id] !== users),
    };
  }, [all.data, all.state, memberships, words]);
}
