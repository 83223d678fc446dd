import { useEffect } from "react";
import { IconButton } from "../layout/IconButton.tsx";
import { Refusal } from "../layout/Refusal.tsx";

const shownMs = 10_000;

/** A rule's words on something that was done elsewhere than where things are typed: a reaction, a key. */
export function Told({ words, onRead }: { readonly words: string | undefined; readonly onRead: () => void }) {
  useEffect(() => {
    if (words === undefined) return;
    const timer = setTimeout(onRead, shownMs);
    return () => clearTimeout(timer);
  }, [words, onRead]);
  if (words === undefined) return null;
  return (
    <div className="mx-3 flex items-center gap-2 rounded-lg bg-no-tint py-0.5 pl-3 md:mx-5">
      <div className="min-w-0 flex-1">
        <Refusal>{words}</Refusal>
      </div>
      <IconButton icon="close" name="Dismiss" small onClick={onRead} />
    </div>
  );
}
