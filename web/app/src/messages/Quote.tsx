import { Icon } from "../layout/Icon.tsx";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";

/** What a message answers; leads there. Its words are shown where they are loaded. */
export function Quote({ messageId, quoted }: { readonly messageId: string; readonly quoted: MessagesRow | undefined }) {
  const { nameOf, jump } = useOpenChannel();
  const words = quoted === undefined ? "an earlier message" : quoted.deleted ? "a deleted message" : quoted.text;
  return (
    <button
      type="button"
      onClick={() => jump(messageId)}
      className="mb-0.5 flex max-w-full items-center gap-1.5 rounded text-left text-faint text-sm hover:text-text"
    >
      <Icon name="reply" size={15} />
      <span className="sr-only">In reply to</span>
      {quoted !== undefined && <bdi className="max-w-40 shrink-0 truncate font-semibold">{nameOf(quoted.userId)}</bdi>}
      <span className="min-w-0 truncate" dir="auto">
        {words}
      </span>
    </button>
  );
}
