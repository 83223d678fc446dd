import { useEffect } from "react";
import { kept } from "../device/kept.ts";
import { useSignedIn } from "../sign_in/session_context.ts";
import { useView } from "../start/chat.ts";

/**
 * Channel → is this person a member, as far as this device has heard. A number: they were not, when it had so many; with
 * another number it has to be asked again.
 */
export type Memberships = { readonly [channelId: string]: boolean | number };

const none: Memberships = {};
export const membershipsOf = (personId: string) => kept<Memberships>(`memberships:${personId}`, none);

/** A channel as it is for this person; what it says of their membership is kept. */
export function useChannel(channelId: string) {
  const { person } = useSignedIn();
  const channel = useView(`channel/${channelId}`);
  const member =
    channel.data === undefined || channel.data === null
      ? channel.state === "hidden"
        ? false
        : undefined
      : channel.data.members.includes(person.id);
  useEffect(() => {
    const memberships = membershipsOf(person.id);
    const before = memberships.get();
    const known = before[channelId];
    const isSaid = member === known || (member === false && typeof known === "number");
    if (member !== undefined && !isSaid) memberships.set({ ...before, [channelId]: member });
  }, [member, channelId, person.id]);
  return { ...channel, member };
}
