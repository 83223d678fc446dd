import type { Validator } from "../chat/contend.ts";
import type { Command, Context, Event } from "../chat/contract.ts";
import { hasKeys, isCount, isId, isObject, isText, isTexts, isUuid, type Members } from "./shapes.ts";

// JSON has no undefined: a key that reads undefined is not there.
const optional = (value: unknown): 0 | 1 => (value === undefined ? 0 : 1);

const isOrder = (type: unknown, data: Members): boolean => {
  switch (type) {
    case "send_message": {
      const { replyTo } = data;
      if (replyTo !== undefined && !isId(replyTo)) return false;
      return isId(data.messageId) && isText(data.text) && hasKeys(data, 2 + optional(replyTo));
    }
    case "edit_message":
      return isId(data.messageId) && isText(data.text) && hasKeys(data, 2);
    case "delete_message":
      return isId(data.messageId) && hasKeys(data, 1);
    case "add_reaction":
    case "remove_reaction":
      return isId(data.messageId) && isText(data.emoji) && hasKeys(data, 2);
    case "join_channel":
    case "leave_channel":
    case "archive_channel":
      return hasKeys(data, 0);
    case "create_channel":
      return isText(data.name) && isText(data.description) && hasKeys(data, 2);
    case "rename_channel":
    case "rename_user":
      return isText(data.name) && hasKeys(data, 1);
    case "describe_channel":
      return isText(data.description) && hasKeys(data, 1);
    case "register_user": {
      const { email } = data;
      if (email !== undefined && !isText(email)) return false;
      return isText(data.name) && hasKeys(data, 1 + optional(email));
    }
    default:
      return false;
  }
};

const isFact = (type: unknown, data: Members): boolean => {
  switch (type) {
    case "message_sent":
      return isId(data.messageId) && isText(data.text) && (data.replyTo === undefined || isId(data.replyTo));
    case "message_edited":
      return isId(data.messageId) && isText(data.text);
    case "message_deleted":
      return isId(data.messageId);
    case "reaction_added":
    case "reaction_removed":
      return isId(data.messageId) && isText(data.emoji);
    case "user_joined_channel":
    case "user_left_channel":
      return isId(data.userId);
    case "channel_created":
      return isText(data.name) && (data.description === undefined || isText(data.description));
    case "channel_renamed":
    case "user_renamed":
      return isText(data.name);
    case "channel_described":
      return isText(data.description);
    case "channel_archived":
      return true;
    case "user_registered":
      return isText(data.name) && (data.email === undefined || isText(data.email));
    default:
      return false;
  }
};

const isCommand = (value: unknown): value is Command => {
  if (!isObject(value)) return false;
  const { expectedVersion, data } = value;
  if (expectedVersion !== undefined && !isCount(expectedVersion)) return false;
  if (!isUuid(value.id) || !isText(value.stream) || !isObject(data)) return false;
  return hasKeys(value, 4 + optional(expectedVersion)) && isOrder(value.type, data);
};

const isContext = (value: unknown): value is Context => {
  if (!isObject(value) || !isCount(value.at)) return false;
  const { actor, facts } = value;
  if (!isObject(actor) || !isId(actor.id)) return false;
  const { roles } = actor;
  if ((roles !== undefined && !isTexts(roles)) || !hasKeys(actor, 1 + optional(roles))) return false;
  if (facts === undefined) return hasKeys(value, 2);
  if (!isObject(facts)) return false;
  const { claimed } = facts;
  if (claimed !== undefined && !isTexts(claimed)) return false;
  return hasKeys(facts, optional(claimed)) && hasKeys(value, 3);
};

const isEvent = (value: unknown): value is Event => {
  if (!isObject(value)) return false;
  const { version, schema, actor, data } = value;
  if (!isText(value.id) || !isText(value.stream) || !isUuid(value.command) || !isText(value.domain)) return false;
  if (!isCount(version) || version < 1 || !isCount(schema) || schema < 1 || !isCount(value.at)) return false;
  if (!isObject(actor) || !isId(actor.id) || !isTexts(actor.roles)) return false;
  return isObject(data) && isFact(value.type, data);
};

export const validator: Validator = {
  command: (value) => (isCommand(value) ? value : undefined),
  context: (value) => (isContext(value) ? value : undefined),
  event: (value) => (isEvent(value) ? value : undefined),
};
