import type { ReactNode } from "react";
import { Button } from "../layout/Button.tsx";
import { type ChatRejected, useRejected } from "../start/chat.ts";
import { Card } from "./Card.tsx";
import { typedIn } from "./told.ts";

/** A command that ended with a no: what it was, the rule's words, and what can be done about it. */
export function RejectedCard({
  rejected,
  title,
  more,
}: {
  readonly rejected: ChatRejected;
  readonly title: string;
  /** Further buttons. */
  readonly more?: ReactNode;
}) {
  const { retry, discard } = useRejected();
  return (
    <Card rejected={rejected} title={title} typed={typedIn(rejected)}>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button small onClick={() => retry(rejected.command.id)}>
          Try again
        </Button>
        {more}
        <Button small look="grave" onClick={() => void discard(rejected.command.id)}>
          Discard
        </Button>
      </div>
    </Card>
  );
}
