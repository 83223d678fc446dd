import { useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Composer } from "../composer/Composer.tsx";
import { draftOf } from "../composer/drafts.ts";
import { IconButton } from "../layout/IconButton.tsx";
import { later } from "../layout/later.ts";
import { Soon } from "../layout/Soon.tsx";
import { type OpenChannelContext as Context, OpenChannelContext } from "../messages/channel_context.ts";
import { editOf, editsOf, setEdit } from "../messages/edits.ts";
import { MessageList, type MessageListHandle } from "../messages/MessageList.tsx";
import { Told } from "../messages/Told.tsx";
import { useMentions } from "../people/use_mentions.ts";
import { useNames } from "../people/use_names.ts";
import { RefusedHere } from "../rejected/RefusedHere.tsx";
import { useSignedIn } from "../sign_in/session_context.ts";
import { useAggregate, useSend } from "../start/chat.ts";
import type { ChannelRow, MessagesRow } from "../start/rows.ts";
import { ChannelHead } from "./ChannelHead.tsx";
import type { ChannelPageProps } from "./ChannelPage.tsx";
import { lastChannel } from "./last_channel.ts";

const HistoryPanel = later(async () => (await import("../history/HistoryPanel.tsx")).HistoryPanel);
const Members = later(async () => (await import("../people/Members.tsx")).Members);
const ChannelSettings = later(async () => (await import("./ChannelSettings.tsx")).ChannelSettings);

/** A channel, to its members: what is said, what can be said next. */
export function OpenChannel({
  channel,
  panel,
  onPanel,
  onOpenChannels,
}: ChannelPageProps & { readonly channel: ChannelRow }) {
  const { person } = useSignedIn();
  const { id: channelId } = channel;
  const send = useSend();
  const nameOf = useNames();
  const mentions = useMentions();
  const { decide } = useAggregate("channel", channelId);
  const list = useRef<MessageListHandle>(null);
  const [replyTo, setReplyTo] = useState<MessagesRow>();
  const [settings, setSettings] = useState(false);
  const [told, setTold] = useState<string>();
  const edits = editsOf(person.id, channelId);
  const deciding = useRef(decide);
  useEffect(() => {
    deciding.current = decide;
  });
  useEffect(() => {
    lastChannel(person.id).set(channelId);
  }, [person.id, channelId]);
  useEffect(() => {
    document.title = `${channel.name} · Crowbar`;
  }, [channel.name]);
  const context = useMemo<Context>(
    () => ({
      channelId,
      personId: person.id,
      nameOf,
      mentions,
      refusalOf(command) {
        const verdict = deciding.current(command);
        return verdict?.accepted === false ? verdict.rejection.message : undefined;
      },
      send,
      reply: setReplyTo,
      edit({ messageId, text }) {
        // At once: its field takes the focus, this time and not whenever it comes into sight.
        if (editOf(edits.get(), messageId) === undefined) flushSync(() => setEdit(edits, messageId, text));
        const field = document.querySelector<HTMLTextAreaElement>(`[data-edit="${CSS.escape(messageId)}"]`);
        field?.focus();
        field?.setSelectionRange(field.value.length, field.value.length);
      },
      endEdit(messageId) {
        setEdit(edits, messageId, undefined);
        document.querySelector<HTMLElement>("[data-composer]")?.focus();
      },
      jump: (messageId) => list.current?.jump(messageId),
      tell: setTold,
    }),
    [channelId, person.id, nameOf, mentions, send, edits],
  );
  const toggle = (name: "members" | "history") => onPanel(panel === name ? undefined : name);
  return (
    <OpenChannelContext value={context}>
      <main className="flex min-w-0 flex-1 flex-col">
        <ChannelHead name={channel.name} description={channel.description} onOpenChannels={onOpenChannels}>
          <IconButton
            icon="people"
            name={`Members, ${channel.members.length}`}
            label={String(channel.members.length)}
            aria-expanded={panel === "members"}
            onClick={() => toggle("members")}
          />
          <IconButton
            icon="history"
            name="History"
            aria-expanded={panel === "history"}
            onClick={() => toggle("history")}
          />
          <IconButton icon="settings" name="Channel settings" onClick={() => setSettings(true)} />
        </ChannelHead>
        <div className="relative flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            <MessageList channel={channel} handle={list} />
            <Told words={told} onRead={() => setTold(undefined)} />
            <RefusedHere channelId={channelId} onEdit={(text) => draftOf(person.id, channelId).set(text)} />
            {channel.archived && (
              <p className="mx-3 rounded-lg bg-slow-tint px-3 py-2 text-slow text-sm md:mx-5">
                This channel is archived: it can be read, and nothing more can be said in it.
              </p>
            )}
            <Composer
              channel={channel}
              replyTo={replyTo}
              onReplied={() => setReplyTo(undefined)}
              onSent={() => list.current?.toEnd()}
              onUp={() => list.current?.focus()}
            />
          </div>
          <Soon>
            {panel === "members" && <Members channel={channel} onClose={() => onPanel(undefined)} />}
            {panel === "history" && <HistoryPanel channelId={channelId} onClose={() => onPanel(undefined)} />}
          </Soon>
        </div>
      </main>
      {settings && (
        <Soon>
          <ChannelSettings channel={channel} onClose={() => setSettings(false)} />
        </Soon>
      )}
    </OpenChannelContext>
  );
}
