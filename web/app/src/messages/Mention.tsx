import { useOpenChannel } from "./channel_context.ts";

/** Somebody who is mentioned; whoever reads it and is meant sees it best. */
export function Mention({ userId, shown }: { readonly userId: string; readonly shown: string }) {
  const { personId } = useOpenChannel();
  return (
    <span data-user={userId} className={userId === personId ? "mention mention-me" : "mention"}>
      {shown}
    </span>
  );
}
