import type { Rejections } from "@crowbar/domain/chat/url";

type Code = Rejections["channel"] | Rejections["user"];

/** What a person can do about a rule's no, beside its own words. A new rejection has none, and does not build. */
const advice = {
  channel_not_found: "It may have been another one's all along. Look for it in the list.",
  channel_already_exists: "Create another one.",
  channel_archived: "It can be read, and nothing more can be said in it.",
  channel_name_invalid: "Try it in small letters, with - in place of spaces.",
  channel_name_taken: "Choose another name, or join the channel that has it.",
  description_too_long: "Say it shorter.",
  not_the_owner: "Ask the channel's owner.",
  not_a_member: "Join the channel, then try again.",
  not_the_author: "Only who has said it can do that.",
  text_empty: "There is nothing to be seen in it.",
  text_too_long: "Send it in parts.",
  message_id_taken: "Send it once more.",
  message_not_found: "It is not there any more.",
  message_deleted: "It was taken back in the meantime.",
  emoji_invalid: "Choose one from the list.",
  too_many_reactions: "Join one that is there already.",
  reaction_not_found: "It was taken back already.",
  not_yourself: "Everybody does this for themselves.",
  user_already_registered: "You can rename yourself.",
  user_not_registered: "Sign in again to be registered.",
  user_name_invalid: "Choose a name that can be seen.",
  email_invalid: "Look at the address once more.",
} as const satisfies Record<Code, string>;

/** What can be done about it, where that is known. */
export const adviceOn = (code: string): string | undefined => (advice as Readonly<Record<string, string>>)[code];
