// The whole namespace: a bundler can drop what is not used of it, and cannot of `{ z }`.
import * as z from "zod";

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const id = z.string().regex(/^\w[\w.:@~-]{0,127}$/);
// The stream a command or event must be of is known, and compared: its shape needs no second check.
const stream = z.string();
const count = z.int().min(0);
const text = z.string();

const order = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.strictObject({ id: uuid, stream, type: z.literal(type), expectedVersion: count.optional(), data });

const nothing = z.strictObject({});
const reaction = z.strictObject({ messageId: id, emoji: text });

export const commandSchema = z.discriminatedUnion("type", [
  order("register_user", z.strictObject({ name: text, email: text.optional() })),
  order("rename_user", z.strictObject({ name: text })),
  order("create_channel", z.strictObject({ name: text, description: text })),
  order("rename_channel", z.strictObject({ name: text })),
  order("describe_channel", z.strictObject({ description: text })),
  order("archive_channel", nothing),
  order("join_channel", nothing),
  order("leave_channel", nothing),
  order("send_message", z.strictObject({ messageId: id, text, replyTo: id.optional() })),
  order("edit_message", z.strictObject({ messageId: id, text })),
  order("delete_message", z.strictObject({ messageId: id })),
  order("add_reaction", reaction),
  order("remove_reaction", reaction),
]);

export const contextSchema = z.strictObject({
  at: count,
  actor: z.strictObject({ id, roles: z.array(text).optional() }),
  facts: z.strictObject({ claimed: z.array(text).optional() }).optional(),
});

// An unknown key in an event is ignored: z.object drops it.
const fact = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({
    id: z.string(),
    stream,
    version: z.int().min(1),
    type: z.literal(type),
    schema: z.int().min(1),
    at: count,
    actor: z.object({ id, roles: z.array(text) }),
    command: uuid,
    domain: z.string(),
    data,
  });

const user = z.object({ userId: id });
const reacted = z.object({ messageId: id, emoji: text });

export const eventSchema = z.discriminatedUnion("type", [
  fact("user_registered", z.object({ name: text, email: text.optional() })),
  fact("user_renamed", z.object({ name: text })),
  fact("channel_created", z.object({ name: text, description: text.optional() })),
  fact("channel_renamed", z.object({ name: text })),
  fact("channel_described", z.object({ description: text })),
  fact("channel_archived", z.object({})),
  fact("user_joined_channel", user),
  fact("user_left_channel", user),
  fact("message_sent", z.object({ messageId: id, text, replyTo: id.optional() })),
  fact("message_edited", z.object({ messageId: id, text })),
  fact("message_deleted", z.object({ messageId: id })),
  fact("reaction_added", reacted),
  fact("reaction_removed", reacted),
]);
