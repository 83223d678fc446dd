import { useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Dialog } from "../layout/Dialog.tsx";
import { Field, LongField } from "../layout/Field.tsx";
import { adviceOn } from "../rejected/advice.ts";
import { useSend } from "../start/chat.ts";
import { newId } from "../start/new_id.ts";
import { channelPath, go } from "../start/route.ts";

/** Opens a channel: the rules say at once whether it may be called so, as far as can be known here. */
export function CreateChannel({ onClose }: { readonly onClose: () => void }) {
  const send = useSend();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [refusal, setRefusal] = useState<{ readonly code: string; readonly message: string }>();
  const create = () => {
    const channelId = newId();
    const command = { stream: `channel-${channelId}`, type: "create_channel", data: { name, description } } as const;
    const { verdict } = send(command, { first: true });
    if (verdict?.accepted === false) return setRefusal(verdict.rejection);
    onClose();
    go(channelPath(channelId));
  };
  const ofDescription = refusal?.code.startsWith("description") === true;
  const words = refusal === undefined ? undefined : `${refusal.message} ${adviceOn(refusal.code) ?? ""}`.trim();
  return (
    <Dialog title="Create a channel" onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Field
          label="Name"
          placeholder="such-as-this"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
          refusal={ofDescription ? undefined : words}
        />
        <LongField
          label="What it is for"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          refusal={ofDescription ? words : undefined}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main">
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
