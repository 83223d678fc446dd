import { useEffect, useState } from "react";
import { useSignedIn } from "../sign_in/session_context.ts";
import { membershipsOf, useChannel } from "./use_channel.ts";

/** So long it takes at most until an answer that was there before has been asked for anew. */
const staleMs = 1_500;

/** Asks of one channel whether this person is a member: no view says so of all. It shows nothing. */
export function Probe({ channelId, users }: { readonly channelId: string; readonly users: number }) {
  const { person } = useSignedIn();
  const { member } = useChannel(channelId);
  // A no from the first moment on is one of before.
  const [isOld] = useState(member === false);
  useEffect(() => {
    if (member !== false) return;
    const memberships = membershipsOf(person.id);
    const note = () => memberships.set({ ...memberships.get(), [channelId]: users });
    const timer = setTimeout(note, isOld ? staleMs : 0);
    return () => clearTimeout(timer);
  }, [member, isOld, person.id, channelId, users]);
  return null;
}
