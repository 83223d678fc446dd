// JSON Schema of the wire, compiled ahead of time by bundle.ts: nothing of this file or of ajv itself is shipped.

const uuid = { type: "string", pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$" };
const id = { type: "string", pattern: "^\\w[\\w.:@~-]{0,127}$" };
const count = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const positive = { ...count, minimum: 1 };
const text = { type: "string" };
const texts = { type: "array", items: text };

type Shape = Readonly<Record<string, object>>;

const record = (required: Shape, optional: Shape, closed: boolean) => ({
  type: "object",
  properties: { ...required, ...optional },
  required: Object.keys(required),
  ...(closed ? { additionalProperties: false } : {}),
});
const strict = (required: Shape, optional: Shape = {}) => record(required, optional, true);
const open = (required: Shape, optional: Shape = {}) => record(required, optional, false);

/** An envelope checked once, and data by the type: a branch that repeats the envelope makes thirteen copies of its checks. */
const byType = (envelope: ReturnType<typeof record>, data: Shape) => ({
  ...envelope,
  properties: { ...envelope.properties, type: text, data: { type: "object" } },
  required: [...envelope.required, "type", "data"],
  discriminator: { propertyName: "type" },
  oneOf: Object.entries(data).map(([type, shape]) => ({ properties: { type: { const: type }, data: shape } })),
});

const orders = {
  register_user: strict({ name: text }, { email: text }),
  rename_user: strict({ name: text }),
  create_channel: strict({ name: text, description: text }),
  rename_channel: strict({ name: text }),
  describe_channel: strict({ description: text }),
  archive_channel: strict({}),
  join_channel: strict({}),
  leave_channel: strict({}),
  send_message: strict({ messageId: id, text }, { replyTo: id }),
  edit_message: strict({ messageId: id, text }),
  delete_message: strict({ messageId: id }),
  add_reaction: strict({ messageId: id, emoji: text }),
  remove_reaction: strict({ messageId: id, emoji: text }),
};

// An unknown key in an event is ignored, so its records are open.
const facts = {
  user_registered: open({ name: text }, { email: text }),
  user_renamed: open({ name: text }),
  channel_created: open({ name: text }, { description: text }),
  channel_renamed: open({ name: text }),
  channel_described: open({ description: text }),
  channel_archived: open({}),
  user_joined_channel: open({ userId: id }),
  user_left_channel: open({ userId: id }),
  message_sent: open({ messageId: id, text }, { replyTo: id }),
  message_edited: open({ messageId: id, text }),
  message_deleted: open({ messageId: id }),
  reaction_added: open({ messageId: id, emoji: text }),
  reaction_removed: open({ messageId: id, emoji: text }),
};

export const schemas = {
  command: byType(strict({ id: uuid, stream: text }, { expectedVersion: count }), orders),
  context: strict({ at: count, actor: strict({ id }, { roles: texts }) }, { facts: strict({}, { claimed: texts }) }),
  event: byType(
    open({
      id: text,
      stream: text,
      version: positive,
      schema: positive,
      at: count,
      actor: open({ id, roles: texts }),
      command: uuid,
      domain: text,
    }),
    facts,
  ),
};
