import { useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import { useOpenChannel } from "./channel_context.ts";
import { editOf, editsOf, setEdit } from "./edits.ts";

/** A message of one's own, to be said otherwise. What is typed is kept: its row may be scrolled away, the page reloaded. */
export function EditMessage({ messageId, text }: { readonly messageId: string; readonly text: string }) {
  const { personId, channelId, send, endEdit, tell } = useOpenChannel();
  const edits = editsOf(personId, channelId);
  const [refusal, setRefusal] = useState<string>();
  const save = () => {
    const sent = send({ stream: `channel-${channelId}`, type: "edit_message", data: { messageId, text } });
    if (sent.verdict?.accepted === false) return setRefusal(sent.verdict.rejection.message);
    endEdit(messageId);
    ifNotKept(sent, (words) => {
      if (editOf(edits.get(), messageId) === undefined) setEdit(edits, messageId, text);
      tell(words);
    });
  };
  return (
    <form
      className="grid gap-2 py-1"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        data-edit={messageId}
        aria-label="Edit message"
        value={text}
        dir="auto"
        onChange={({ target }) => {
          setEdit(edits, messageId, target.value);
          setRefusal(undefined);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") {
            event.preventDefault();
            endEdit(messageId);
          }
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            save();
          }
        }}
        className="field-sizing-content max-h-60 min-h-11 w-full resize-none rounded-lg border border-edge bg-ground px-3 py-2"
      />
      {refusal !== undefined && <Refusal>{refusal}</Refusal>}
      <div className="flex gap-2">
        <Button small type="submit" look="main">
          Save
        </Button>
        <Button small onClick={() => endEdit(messageId)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
