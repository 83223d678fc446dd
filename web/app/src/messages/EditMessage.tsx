import { useEffect, useRef, useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";

/** A message of one's own, to be said otherwise. */
export function EditMessage({ row }: { readonly row: MessagesRow }) {
  const { channelId, send, edit } = useOpenChannel();
  const [text, setText] = useState(row.text);
  const [refusal, setRefusal] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(row.text.length, row.text.length);
  }, [row.text]);
  const save = () => {
    const data = { messageId: row.messageId, text };
    const { verdict } = send({ stream: `channel-${channelId}`, type: "edit_message", data });
    if (verdict?.accepted === false) return setRefusal(verdict.rejection.message);
    edit(undefined);
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
        ref={field}
        aria-label="Edit message"
        value={text}
        dir="auto"
        onChange={(event) => {
          setText(event.target.value);
          setRefusal(undefined);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") {
            event.preventDefault();
            edit(undefined);
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
        <Button small onClick={() => edit(undefined)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
