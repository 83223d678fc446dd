import type { ReactNode } from "react";
import { Icon } from "../layout/Icon.tsx";
import type { ChatRejected } from "../start/chat.ts";
import { adviceOn } from "./advice.ts";

/** Something that ended with a no, and the rule's words. */
export function Card({
  rejected,
  title,
  typed,
  children,
}: {
  readonly rejected: ChatRejected;
  readonly title: string;
  /** What was typed, where the title does not say it. */
  readonly typed?: string | undefined;
  /** What can be done about it. */
  readonly children: ReactNode;
}) {
  return (
    <article aria-label={title} className="rounded-xl border border-no/50 bg-no-tint px-3.5 py-2.5">
      <p className="flex items-center gap-1.5 font-semibold text-no text-sm">
        <Icon name="refused" size={17} />
        <span className="min-w-0 break-words">{title}</span>
      </p>
      {typed !== undefined && (
        <p dir="auto" className="mt-1 line-clamp-4 whitespace-pre-wrap break-words">
          {typed}
        </p>
      )}
      <p className="mt-1 break-words text-sm">
        {rejected.message} {adviceOn(rejected.code)}
      </p>
      {children}
    </article>
  );
}
