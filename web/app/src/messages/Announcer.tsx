import { useRef } from "react";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";

/** Says new messages of others to whoever listens to the page. What was there when the channel was opened is not new. */
export function Announcer({ newest }: { readonly newest: MessagesRow | undefined }) {
  const { nameOf, personId } = useOpenChannel();
  const first = useRef<string>(undefined);
  if (first.current === undefined && newest !== undefined) first.current = newest.messageId;
  const fresh = newest !== undefined && newest.messageId !== first.current && newest.userId !== personId;
  return (
    <p role="status" className="sr-only">
      {fresh && !newest.deleted ? `${nameOf(newest.userId)}: ${newest.text}` : ""}
    </p>
  );
}
