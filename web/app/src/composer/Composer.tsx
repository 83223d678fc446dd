import { type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useWatched } from "../device/use_watched.ts";
import { Icon } from "../layout/Icon.tsx";
import { IconButton } from "../layout/IconButton.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { useOpenChannel } from "../messages/channel_context.ts";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import { newId } from "../start/new_id.ts";
import type { ChannelRow, MessagesRow } from "../start/rows.ts";
import { Completion } from "./Completion.tsx";
import { draftOf } from "./drafts.ts";
import { useCompletion } from "./use_completion.ts";

/** Where the next message is written. What a rule says of it is shown beside it, and nothing is lost. */
export function Composer({
  channel,
  replyTo,
  onReplied,
  onSent,
  onUp,
}: {
  readonly channel: ChannelRow;
  readonly replyTo: MessagesRow | undefined;
  readonly onReplied: () => void;
  readonly onSent: () => void;
  /** Up, in an empty field. */
  readonly onUp: () => void;
}) {
  const { personId, channelId, nameOf, send, reply } = useOpenChannel();
  const draft = draftOf(personId, channelId);
  const text = useWatched(draft);
  const [cursor, setCursor] = useState(text.length);
  const [refusal, setRefusal] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const people = useMemo(() => channel.members.map((id) => ({ id, name: nameOf(id) })), [channel.members, nameOf]);
  const place = useRef<number>(undefined);
  const completion = useCompletion({
    text,
    cursor,
    people,
    onTake(next, at) {
      draft.set(next);
      setCursor(at);
      place.current = at;
    },
  });
  useLayoutEffect(() => {
    if (place.current === undefined) return;
    field.current?.setSelectionRange(place.current, place.current);
    place.current = undefined;
  });
  useEffect(() => {
    if (replyTo !== undefined) field.current?.focus();
  }, [replyTo]);
  useFocusFirst(field);

  const submit = () => {
    const data = { messageId: newId(), text, ...(replyTo !== undefined && { replyTo: replyTo.messageId }) };
    const sent = send({ stream: `channel-${channelId}`, type: "send_message", data });
    const { verdict } = sent;
    if (verdict?.accepted === false) return setRefusal(verdict.rejection.message);
    draft.set("");
    setCursor(0);
    setRefusal(undefined);
    onReplied();
    onSent();
    ifNotKept(sent, (words) => {
      // The text goes where it was typed, before whatever is typed there by now.
      draft.set([text, draft.get()].filter(Boolean).join("\n"));
      if (replyTo !== undefined) reply(replyTo);
      setRefusal(words);
    });
  };

  const open = completion.shown.length > 0;
  return (
    <form
      className="relative shrink-0 px-3 pt-1.5 pb-3 md:px-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {refusal !== undefined && (
        <div className="pb-1.5">
          <Refusal id={`${id}-no`}>{refusal}</Refusal>
        </div>
      )}
      <div className="relative">
        {open && (
          <Completion id={`${id}-people`} people={completion.shown} at={completion.at} onTake={completion.take} />
        )}
        <div
          className={`rounded-xl border bg-raised focus-within:border-accent focus-within:ring-1 focus-within:ring-accent ${refusal === undefined ? "border-edge" : "border-no"}`}
        >
          {replyTo !== undefined && (
            <div className="flex items-center gap-2 border-line border-b py-0.5 pl-3 text-faint text-sm">
              <Icon name="reply" size={16} />
              <span className="shrink-0">
                Replying to <bdi className="font-semibold text-text">{nameOf(replyTo.userId)}</bdi>
              </span>
              <span className="min-w-0 flex-1 truncate" dir="auto">
                {replyTo.text}
              </span>
              <IconButton icon="close" name="Stop replying" small onClick={onReplied} />
            </div>
          )}
          <div className="flex items-end">
            <textarea
              ref={field}
              data-composer
              // For browsers in which a field does not grow with its content by itself.
              rows={Math.min(8, text.split("\n").length)}
              dir="auto"
              aria-label={`Message ${channel.name}`}
              placeholder={channel.archived ? "This channel is archived" : `Message ${channel.name}`}
              aria-autocomplete="list"
              aria-controls={open ? `${id}-people` : undefined}
              aria-activedescendant={open ? `${id}-people-${completion.at}` : undefined}
              aria-describedby={refusal === undefined ? undefined : `${id}-no`}
              aria-invalid={refusal !== undefined || undefined}
              enterKeyHint="send"
              value={text}
              onChange={({ target }) => {
                draft.set(target.value);
                setCursor(target.selectionStart);
                setRefusal(undefined);
              }}
              onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart)}
              onKeyDown={(event) => {
                if (event.nativeEvent.isComposing || completion.pressed(event)) return;
                if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
                  event.preventDefault();
                  submit();
                } else if (event.key === "Escape" && replyTo !== undefined) {
                  onReplied();
                } else if (event.key === "ArrowUp" && text === "") {
                  event.preventDefault();
                  onUp();
                }
              }}
              className="field-sizing-content max-h-[40dvh] min-h-11 min-w-0 flex-1 resize-none bg-transparent px-3 py-2.5 outline-none placeholder:truncate"
            />
            <IconButton
              icon="send"
              name="Send"
              type="submit"
              className={`m-0.5 ${text === "" ? "" : "bg-accent text-on-accent hover:bg-accent hover:text-on-accent hover:brightness-110"}`}
            />
          </div>
        </div>
      </div>
    </form>
  );
}

/** Whoever opens a channel with a keyboard at hand wants to write; on a screen to touch it would open half a keyboard. */
function useFocusFirst(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    if (matchMedia("(hover: hover)").matches && document.querySelector("dialog[open]") === null) {
      field.current?.focus({ preventScroll: true });
    }
  }, [field]);
}
