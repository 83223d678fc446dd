import { useEmojiFont } from "../emoji/use_emoji_font.ts";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";

/** How people reacted to a message. Pressed ones are one's own; pressing again takes it back. */
export function Reactions({ row, waiting }: { readonly row: MessagesRow; readonly waiting: string }) {
  const { channelId, personId, nameOf, send, tell } = useOpenChannel();
  const all = Object.entries(row.reactions);
  useEmojiFont(all.map(([emoji]) => emoji).join(""));
  if (all.length === 0) return null;
  return (
    <ul aria-label="Reactions" className="mt-1 flex flex-wrap gap-1">
      {all.map(([emoji, people]) => {
        const mine = people.includes(personId);
        const names = people.slice(0, 12).map(nameOf).join(", ") + (people.length > 12 ? " …" : "");
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={mine}
              aria-label={`${emoji}, ${people.length}: ${names}`}
              title={names}
              className={`flex min-h-8 items-center gap-1.5 rounded-full border px-2.5 text-sm max-md:min-h-10 ${mine ? "border-accent bg-tint text-accent" : "border-line bg-raised"} ${waiting.includes(`reaction:${emoji}`) ? "border-dashed" : ""}`}
              onClick={() => {
                const type = mine ? "remove_reaction" : "add_reaction";
                const data = { messageId: row.messageId, emoji };
                const sent = send({ stream: `channel-${channelId}`, type, data });
                if (sent.verdict?.accepted === false) tell(sent.verdict.rejection.message);
                ifNotKept(sent, tell);
              }}
            >
              <span className="font-emoji text-base leading-none">{emoji}</span>
              <span className="tabular-nums">{people.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
