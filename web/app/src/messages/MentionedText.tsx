import { useOpenChannel } from "./channel_context.ts";
import { Mention } from "./Mention.tsx";

/** A text as it is, with people that are mentioned marked. */
export function MentionedText({ text }: { readonly text: string }) {
  const { mentions } = useOpenChannel();
  let place = 0;
  return mentions(text).map((part) => {
    const key = place;
    place += 1;
    return typeof part === "string" ? part : <Mention key={key} userId={part.userId} shown={part.shown} />;
  });
}
