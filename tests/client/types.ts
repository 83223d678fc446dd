// Checked by tsc, never run: what narrows, and what must not compile.
import type { Types } from "@crowbar/domain/chat";
import type { Client } from "../../web/client/src/index.ts";
import { hooksOf } from "../../web/client/src/react/index.ts";

const { useAggregate, useView, useSend, useRejected } = hooksOf<Types>();

export async function commandsAndVerdicts(client: Client<Types>): Promise<void> {
  const sent = client.send({ stream: "channel-general", type: "send_message", data: { messageId: "m1", text: "hi" } });
  if (sent.verdict?.accepted === false) {
    const { code } = sent.verdict.rejection;
    code satisfies Types["rejections"]["channel"] | string;
    if (code === "not_a_member") return;
    // @ts-expect-error A code of another aggregate is none of a channel's.
    if (code === "email_invalid") return;
  }
  const settled = await sent.settled;
  if (settled.state === "accepted") {
    for (const event of settled.verdict.events) {
      if (event.type === "message_sent") event.data.text satisfies string;
      // @ts-expect-error A channel has no such event.
      if (event.type === "user_renamed") return;
    }
  } else if (settled.state === "rejected") settled.rejected.message satisfies string;
  // @ts-expect-error There is no such command.
  client.send({ stream: "channel-general", type: "shout", data: {} });
  // @ts-expect-error A message has an id.
  client.send({ stream: "channel-general", type: "send_message", data: { text: "hi" } });
  // @ts-expect-error A message has no title.
  client.send({ stream: "channel-general", type: "send_message", data: { messageId: "m", text: "hi", title: "" } });
}

export async function behind(client: Client<Types>): Promise<void> {
  const history = await client.history("channel", "general");
  const { command, context, verdict, decidedAt } = await history.commandOf(1);
  if (command.type === "send_message") command.data.text satisfies string;
  // @ts-expect-error A channel has no such command.
  if (command.type === "register_user") return;
  // @ts-expect-error Nobody renames a channel by a text.
  if (command.type === "rename_channel") command.data.text;
  for (const event of verdict.accepted ? verdict.events : []) {
    if (event.type === "message_sent") event.data.text satisfies string;
  }
  [context.at, decidedAt] satisfies readonly number[];
  context.actor.id satisfies string;
}

export function Hooks(): void {
  const send = useSend();
  send({ stream: "user-ada", type: "rename_user", data: { name: "Ada" } });
  const page = useView("messages/general/1");
  page.data?.[0]?.text satisfies string | undefined;
  const overview = useView("channel/general");
  overview.data?.members satisfies readonly string[] | undefined;
  // @ts-expect-error A channel has no texts.
  overview.data?.text;
  const general = useAggregate("channel", "general");
  const verdict = general.decide({ stream: "channel-general", type: "join_channel", data: {} });
  if (verdict?.accepted === false && verdict.rejection.code === "channel_archived") return;
  // @ts-expect-error There is no such aggregate.
  useAggregate("room", "general");
  for (const { command } of useRejected().rejected) {
    if (command.type === "send_message") command.data.text satisfies string;
  }
}
