// What must and what must not compile. Never run: types.test.ts checks it.
import { type Command, type Event, loadSync } from "@crowbar/domain/chat";
import { given } from "@crowbar/domain/testing";

const chat = loadSync();
const channel = chat.open("channel", "channel-general");
const context = { at: 0, actor: { id: "ada" } } as const;
const envelope = { id: "0", stream: "channel-general" } as const;

export const right: Command = { ...envelope, type: "send_message", data: { messageId: "m1", text: "hello" } };
channel.decide({ ...envelope, type: "join_channel", data: {} }, { ...context, facts: { claimed: ["x"] } });

// @ts-expect-error there is no such command
channel.decide({ ...envelope, type: "shout", data: {} }, context);
// @ts-expect-error a command of another aggregate
channel.decide({ ...envelope, type: "register_user", data: { name: "Ada" } }, context);
// @ts-expect-error a key is missing
channel.decide({ ...envelope, type: "send_message", data: { messageId: "m1" } }, context);
// @ts-expect-error a key is of another command
channel.decide({ ...envelope, type: "send_message", data: { messageId: "m1", text: "", emoji: "x" } }, context);
// @ts-expect-error a value is of another type
channel.decide({ ...envelope, type: "send_message", data: { messageId: "m1", text: 1 } }, context);
// @ts-expect-error the id is missing
channel.decide({ stream: "channel-general", type: "join_channel", data: {} }, context);
// @ts-expect-error the time is missing
channel.decide({ ...envelope, type: "join_channel", data: {} }, { actor: { id: "ada" } });
// @ts-expect-error there is no such fact
channel.decide({ ...envelope, type: "join_channel", data: {} }, { ...context, facts: { claims: ["x"] } });
// @ts-expect-error there is no such aggregate
chat.open("chanel", "channel-general");

/** Narrowing on a command's type. */
export function textOf(command: Command): string | undefined {
  if (command.type === "send_message") return command.data.text;
  // @ts-expect-error only some commands have a text
  return command.data.text;
}

/** Narrowing on an event's type. */
export function nameOf(event: Event<"channel">): string | undefined {
  switch (event.type) {
    case "channel_created":
    case "channel_renamed":
      return event.data.name;
    // @ts-expect-error no event of a channel
    case "user_registered":
      return undefined;
    default:
      return undefined;
  }
}

/** Narrowing on a verdict. */
const verdict = channel.decide({ ...envelope, type: "join_channel", data: {} }, context);
if (verdict.accepted) {
  export_(verdict.events.map(({ type }) => type));
  // @ts-expect-error an accepted verdict has no rejection
  export_(verdict.rejection);
} else {
  if (verdict.rejection.code === "not_a_member") export_(verdict.rejection.message);
  if (verdict.rejection.code === "version_conflict") export_(verdict.rejection.params);
  // @ts-expect-error no code of a channel
  if (verdict.rejection.code === "email_invalid") export_(verdict.rejection);
}
declare function export_(value: unknown): void;

// Views are typed by their key.
export_(chat.view("messages/general/1").toJSON().data[0]?.reactions["👍"]?.length);
export_(chat.view("allusers").toJSON().data.ada?.name);
export_(chat.view("channel/general").toJSON().data?.members);
// @ts-expect-error the row of another view
export_(chat.view("allchannels").toJSON().data[0]?.text);
// @ts-expect-error everything is readonly
chat.view("allchannels").toJSON().data.push();

// The test kit.
const speak = given([
  { type: "channel_created", data: { name: "general", description: "" }, actor: "ada" },
  { type: "user_registered", data: { name: "Ada" } },
]).when({ type: "send_message", data: { messageId: "m1", text: "hello" } }, { actor: "ada" });
speak.then([{ type: "message_sent", data: { messageId: "m1", text: "hello" } }]);
speak.rejected("not_a_member");
speak.rejected("version_conflict");
// @ts-expect-error a code of another aggregate
speak.rejected("email_invalid");
// @ts-expect-error no code at all
speak.rejected("not_a_membr");
// @ts-expect-error an event of another aggregate
speak.then([{ type: "user_renamed", data: { name: "Ada" } }]);
// @ts-expect-error a key is missing
speak.then([{ type: "message_sent", data: { messageId: "m1" } }]);
// @ts-expect-error no such event
given([{ type: "message_shouted", data: {} }]);
// @ts-expect-error the data of another event
given([{ type: "channel_created", data: { userId: "ada" } }]);
// @ts-expect-error no such command
given([]).when({ type: "shout", data: {} }, { actor: "ada" });
// @ts-expect-error the data of another command
given([]).when({ type: "register_user", data: { messageId: "m1" } }, { actor: "ada" });
// @ts-expect-error who acts is missing
given([]).when({ type: "register_user", data: { name: "Ada" } }, { at: 1 });
// @ts-expect-error a fact of another aggregate
given([]).when({ type: "register_user", data: { name: "Ada" } }, { actor: "ada", facts: { claimed: [] } });
