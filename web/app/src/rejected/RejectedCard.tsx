import type { ReactNode } from "react";
import { Button } from "../layout/Button.tsx";
import { Icon } from "../layout/Icon.tsx";
import { type ChatRejected, useRejected } from "../start/chat.ts";
import { adviceOn } from "./advice.ts";
import { typedIn } from "./told.ts";

/** Something that ended with a no: what it was, the rule's words, and what can be done about it. */
export function RejectedCard({
  rejected,
  title,
  more,
  children,
}: {
  readonly rejected: ChatRejected;
  readonly title: string;
  /** Another way out, above the buttons. */
  readonly children?: ReactNode;
  /** Further buttons. */
  readonly more?: ReactNode;
}) {
  const { retry, discard } = useRejected();
  const typed = typedIn(rejected);
  return (
    <article aria-label={title} className="rounded-xl border border-no/50 bg-no-tint px-3.5 py-2.5">
      <p className="flex items-center gap-1.5 font-semibold text-no text-sm">
        <Icon name="refused" size={17} />
        {title}
      </p>
      {typed !== undefined && <p className="mt-1 line-clamp-4 whitespace-pre-wrap break-words">{typed}</p>}
      <p className="mt-1 text-sm">
        {rejected.message} {adviceOn(rejected.code)}
      </p>
      {children}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button small onClick={() => retry(rejected.command.id)}>
          Try again
        </Button>
        {more}
        <Button small look="grave" onClick={() => void discard(rejected.command.id)}>
          Discard
        </Button>
      </div>
    </article>
  );
}
