import { Button } from "../layout/Button.tsx";
import { useRejected } from "../start/chat.ts";
import { AnotherName } from "./AnotherName.tsx";
import { Card } from "./Card.tsx";
import type { Lost } from "./lost.ts";
import { typedIn, wanted } from "./told.ts";

/** A channel that could not be created, and what was said in it meanwhile: one reason, and one way out for all of it. */
export function LostChannel({ lost }: { readonly lost: Lost }) {
  const { discard } = useRejected();
  const { name, creation, within } = lost;
  const discardAll = () => {
    for (const { command } of [creation, ...within]) void discard(command.id);
  };
  return (
    <Card rejected={creation} title={`${name} was refused`}>
      {within.length > 0 && (
        <section aria-label="What was done in it" className="mt-2 text-sm">
          <p>What you did in it is kept, and is done again once it has another name:</p>
          <ul className="mt-1 grid max-h-48 gap-1 overflow-y-auto border-no/40 border-l-2 pl-2.5 text-base">
            {within.map((one) => (
              <li key={one.command.id} dir="auto" className="line-clamp-3 whitespace-pre-wrap break-words">
                {one.command.type === "send_message"
                  ? one.command.data.text
                  : [wanted(one.command.type), typedIn(one)].filter(Boolean).join(": ")}
              </li>
            ))}
          </ul>
        </section>
      )}
      <AnotherName lost={lost}>
        <Button small look="grave" onClick={discardAll}>
          {within.length > 0 ? "Discard all of it" : "Discard"}
        </Button>
      </AnotherName>
    </Card>
  );
}
