import { memo, Suspense } from "react";
import { useEmojiFont } from "../emoji/use_emoji_font.ts";
import { later } from "../layout/later.ts";
import { MentionedText } from "./MentionedText.tsx";
import { needsMarkdown } from "./needs_markdown.ts";

// Asked for by the first message that needs it, which is shown as it was typed until then; the service worker has it from
// the first visit on.
const Markdown = later(async () => (await import("./Markdown.tsx")).Markdown);

// The compiler takes the flag v from ES2024 on only; browsers have it.
const emoji = String.raw`\p{RGI_Emoji}\s?`;
const onlyEmoji = new RegExp(`^(?:${emoji}){1,3}$`, "v");

/** What somebody said. */
export const MessageText = memo(function MessageText({ text }: { readonly text: string }) {
  useEmojiFont(text);
  const plain = (
    <p dir="auto" className={`whitespace-pre-wrap ${onlyEmoji.test(text) ? "text-3xl leading-snug" : ""}`}>
      <MentionedText text={text} />
    </p>
  );
  if (!needsMarkdown(text)) return <div className="said">{plain}</div>;
  return (
    <div className="said">
      <Suspense fallback={plain}>
        <Markdown text={text} />
      </Suspense>
    </div>
  );
});
