import { useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Dialog } from "../layout/Dialog.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import type { MessagesRow } from "../start/rows.ts";
import { useOpenChannel } from "./channel_context.ts";

/** Asks once more: it cannot be taken back. */
export function DeleteMessage({ row, onClose }: { readonly row: MessagesRow; readonly onClose: () => void }) {
  const { channelId, send, tell } = useOpenChannel();
  const [refusal, setRefusal] = useState<string>();
  return (
    <Dialog title="Delete this message?" onClose={onClose}>
      <blockquote
        dir="auto"
        className="line-clamp-5 whitespace-pre-wrap break-words border-line border-l-4 pl-3 text-faint"
      >
        {row.text}
      </blockquote>
      {refusal !== undefined && <Refusal>{refusal}</Refusal>}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button
          look="grave"
          onClick={() => {
            const data = { messageId: row.messageId };
            const sent = send({ stream: `channel-${channelId}`, type: "delete_message", data });
            if (sent.verdict?.accepted === false) return setRefusal(sent.verdict.rejection.message);
            ifNotKept(sent, tell);
            onClose();
          }}
        >
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
