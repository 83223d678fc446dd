import type { Verdict } from "./rivals/chat/contract.ts";

/** The codes of rules. A refusal by any other code is a fault of shape, which the rivals do not tell apart. */
export const rules: ReadonlySet<string> = new Set([
  "not_yourself",
  "user_already_registered",
  "user_not_registered",
  "user_name_invalid",
  "email_invalid",
  "channel_already_exists",
  "channel_name_invalid",
  "channel_name_taken",
  "description_too_long",
  "channel_not_found",
  "channel_archived",
  "not_the_owner",
  "not_a_member",
  "text_empty",
  "text_too_long",
  "message_id_taken",
  "message_not_found",
  "message_deleted",
  "not_the_author",
  "emoji_invalid",
  "too_many_reactions",
  "reaction_not_found",
  "version_conflict",
]);

/** What must be equal of a verdict: an accepted one to the byte, a refused one in its code (words are the core's own). */
export const comparable = (text: string): string => {
  if (text.startsWith('{"accepted":true')) return text;
  const verdict = JSON.parse(text) as Verdict;
  if (verdict.accepted) return text;
  const { code } = verdict.rejection;
  return rules.has(code) ? code : "malformed";
};
