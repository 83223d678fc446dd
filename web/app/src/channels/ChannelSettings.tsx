import { type ReactNode, useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Dialog } from "../layout/Dialog.tsx";
import { Field, LongField } from "../layout/Field.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import { type ChatCommand, useAggregate, useSend } from "../start/chat.ts";
import type { ChannelRow } from "../start/rows.ts";

type Change = ChatCommand<"channel">;
type Changed = { readonly type: Change["type"]; readonly refusal?: string } | undefined;

/** What may be done with a channel as a whole; what its rules would refuse is not offered, with their words. */
export function ChannelSettings({ channel, onClose }: { readonly channel: ChannelRow; readonly onClose: () => void }) {
  const stream = `channel-${channel.id}`;
  const { decide } = useAggregate("channel", channel.id);
  const send = useSend();
  const [name, setName] = useState(channel.name);
  const [description, setDescription] = useState(channel.description);
  const [changed, setChanged] = useState<Changed>();
  const [archiving, setArchiving] = useState(false);
  const now = (change: Change) => {
    const sent = send(change);
    const refusal = sent.verdict?.accepted === false ? sent.verdict.rejection.message : undefined;
    setChanged({ type: change.type, ...(refusal !== undefined && { refusal }) });
    ifNotKept(sent, (words) => setChanged({ type: change.type, refusal: words }));
    return refusal === undefined;
  };
  const archive = { stream, type: "archive_channel", data: {} } as const;
  const leave = { stream, type: "leave_channel", data: {} } as const;
  const refusedArchive = decide(archive);
  const said = (type: Change["type"]) => (changed?.type === type ? changed.refusal : undefined);
  const saved = (type: Change["type"]) => changed?.type === type && changed.refusal === undefined && "Saved.";
  return (
    <Dialog title={`Settings of ${channel.name}`} onClose={onClose}>
      <Setting
        save="Rename"
        saved={saved("rename_channel")}
        onSave={() => now({ stream, type: "rename_channel", data: { name } })}
      >
        <Field
          label="Name"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
          refusal={said("rename_channel")}
        />
      </Setting>
      <Setting
        save="Save"
        saved={saved("describe_channel")}
        onSave={() => now({ stream, type: "describe_channel", data: { description } })}
      >
        <LongField
          label="What it is for"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          refusal={said("describe_channel")}
        />
      </Setting>
      <div className="mt-6 grid gap-3 border-line border-t pt-4">
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => now(leave) && onClose()}>Leave channel</Button>
          {refusedArchive?.accepted !== false && !channel.archived && !archiving && (
            <Button look="grave" onClick={() => setArchiving(true)}>
              Archive channel
            </Button>
          )}
        </div>
        {said("leave_channel") !== undefined && <Refusal>{said("leave_channel")}</Refusal>}
        {archiving && (
          <div className="grid gap-2 rounded-lg bg-no-tint p-3">
            <p>It can be read for good, and nothing more can be said in it. There is no way back.</p>
            <div className="flex gap-2">
              <Button look="grave" onClick={() => now(archive) && onClose()}>
                Archive for good
              </Button>
              <Button onClick={() => setArchiving(false)}>Keep it</Button>
            </div>
          </div>
        )}
        {said("archive_channel") !== undefined && <Refusal>{said("archive_channel")}</Refusal>}
      </div>
    </Dialog>
  );
}

/** One thing that can be set, with its own button. */
function Setting(now: {
  readonly save: string;
  readonly saved: string | false;
  readonly onSave: () => void;
  readonly children: ReactNode;
}) {
  return (
    <form
      className="grid gap-2 not-first:mt-5"
      onSubmit={(event) => {
        event.preventDefault();
        now.onSave();
      }}
    >
      {now.children}
      <div className="flex items-center gap-3">
        <Button type="submit">{now.save}</Button>
        <span role="status" className="text-ok text-sm">
          {now.saved}
        </span>
      </div>
    </form>
  );
}
