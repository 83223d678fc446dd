import { Button } from "../layout/Button.tsx";
import { type ChatRejected, useRejected } from "../start/chat.ts";
import { RejectedCard } from "./RejectedCard.tsx";
import { channelOf, wanted } from "./told.ts";

/** What was refused of one channel, above the place where the next thing is typed. */
export function RefusedHere({
  channelId,
  onEdit,
}: {
  readonly channelId: string;
  /** Puts a text back to where it was typed. */
  readonly onEdit?: (text: string) => void;
}) {
  const { rejected, discard } = useRejected();
  const here = rejected.filter((one) => channelOf(one) === channelId && one.command.type !== "create_channel");
  if (here.length === 0) return null;
  const edit = (one: ChatRejected) => {
    if (one.command.type !== "send_message" || onEdit === undefined) return undefined;
    const { text } = one.command.data;
    return (
      <Button
        small
        onClick={() => {
          onEdit(text);
          void discard(one.command.id);
        }}
      >
        Edit
      </Button>
    );
  };
  return (
    <section aria-label="Not done" className="grid max-h-[40dvh] shrink-0 gap-2 overflow-y-auto px-3 py-2 md:px-5">
      {here.map((one) => (
        <RejectedCard
          key={one.command.id}
          rejected={one}
          title={one.command.type === "send_message" ? "Not sent" : `Not done: ${wanted(one.command.type)}`}
          more={edit(one)}
        />
      ))}
    </section>
  );
}
