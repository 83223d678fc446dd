import { useState } from "react";
import { Dialog } from "../layout/Dialog.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { EmojiPicker } from "./EmojiPicker.tsx";

/** Chooses one emoji; closes where the rules take it, and says their words where they do not. */
export function EmojiDialog({
  choose,
  onClose,
}: {
  /** Answers the rule's words against it. */
  readonly choose: (emoji: string) => string | undefined;
  readonly onClose: () => void;
}) {
  const [refusal, setRefusal] = useState<string>();
  return (
    <Dialog title="Choose an emoji" onClose={onClose}>
      {refusal !== undefined && <Refusal>{refusal}</Refusal>}
      <EmojiPicker
        onChosen={(emoji) => {
          const no = choose(emoji);
          if (no === undefined) onClose();
          else setRefusal(no);
        }}
      />
    </Dialog>
  );
}
