// Written by `npm run generate` from the describe() of domain/chat. Do not edit.
import { type Data, isPlain, type ObjectsOf } from "../src/fields.ts";

export const objects: ObjectsOf = {
  "channel": {
    commands: {
      "send_message": { number: 0, put: (fields, data) => {
        const { "messageId": _0, "text": _1, "replyTo": _2 } = data;
        return isPlain(data) &&
        fields.putId(_0) &&
        fields.putText(_1) &&
        fields.putOptionalId(_2) && fields.areAllOf(data);
      } },
      "edit_message": { number: 1, put: (fields, data) => {
        const { "messageId": _0, "text": _1 } = data;
        return isPlain(data) &&
        fields.putId(_0) &&
        fields.putText(_1) && fields.areAllOf(data);
      } },
      "delete_message": { number: 2, put: (fields, data) => {
        const { "messageId": _0 } = data;
        return isPlain(data) &&
        fields.putId(_0) && fields.areAllOf(data);
      } },
      "add_reaction": { number: 3, put: (fields, data) => {
        const { "messageId": _0, "emoji": _1 } = data;
        return isPlain(data) &&
        fields.putId(_0) &&
        fields.putText(_1) && fields.areAllOf(data);
      } },
      "remove_reaction": { number: 4, put: (fields, data) => {
        const { "messageId": _0, "emoji": _1 } = data;
        return isPlain(data) &&
        fields.putId(_0) &&
        fields.putText(_1) && fields.areAllOf(data);
      } },
      "join_channel": { number: 5, put: (fields, data) => {
        return isPlain(data) && fields.areAllOf(data);
      } },
      "leave_channel": { number: 6, put: (fields, data) => {
        return isPlain(data) && fields.areAllOf(data);
      } },
      "create_channel": { number: 7, put: (fields, data) => {
        const { "name": _0, "description": _1 } = data;
        return isPlain(data) &&
        fields.putText(_0) &&
        fields.putText(_1) && fields.areAllOf(data);
      } },
      "rename_channel": { number: 8, put: (fields, data) => {
        const { "name": _0 } = data;
        return isPlain(data) &&
        fields.putText(_0) && fields.areAllOf(data);
      } },
      "describe_channel": { number: 9, put: (fields, data) => {
        const { "description": _0 } = data;
        return isPlain(data) &&
        fields.putText(_0) && fields.areAllOf(data);
      } },
      "archive_channel": { number: 10, put: (fields, data) => {
        return isPlain(data) && fields.areAllOf(data);
      } },
    },
    events: [
      { type: "message_sent", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const _1 = fields.takeText();
        const _2 = fields.takeText();
        const data: Data = { "messageId": _0, "text": _1 };
        if (_2 !== undefined) data["replyTo"] = _2;
        return data;
      } },
      { type: "message_edited", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const _1 = fields.takeText();
        const data: Data = { "messageId": _0, "text": _1 };
        return data;
      } },
      { type: "message_deleted", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const data: Data = { "messageId": _0 };
        return data;
      } },
      { type: "reaction_added", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const _1 = fields.takeText();
        const data: Data = { "messageId": _0, "emoji": _1 };
        return data;
      } },
      { type: "reaction_removed", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const _1 = fields.takeText();
        const data: Data = { "messageId": _0, "emoji": _1 };
        return data;
      } },
      { type: "user_joined_channel", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const data: Data = { "userId": _0 };
        return data;
      } },
      { type: "user_left_channel", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const data: Data = { "userId": _0 };
        return data;
      } },
      { type: "channel_created", schema: 2, take: (fields) => {
        const _0 = fields.takeText();
        const _1 = fields.takeText();
        const data: Data = { "name": _0, "description": _1 };
        return data;
      } },
      { type: "channel_renamed", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const data: Data = { "name": _0 };
        return data;
      } },
      { type: "channel_described", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const data: Data = { "description": _0 };
        return data;
      } },
      { type: "channel_archived", schema: 1, take: () => ({}) },
    ],
  },
  "user": {
    commands: {
      "register_user": { number: 0, put: (fields, data) => {
        const { "name": _0, "email": _1 } = data;
        return isPlain(data) &&
        fields.putText(_0) &&
        fields.putOptionalText(_1) && fields.areAllOf(data);
      } },
      "rename_user": { number: 1, put: (fields, data) => {
        const { "name": _0 } = data;
        return isPlain(data) &&
        fields.putText(_0) && fields.areAllOf(data);
      } },
    },
    events: [
      { type: "user_registered", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const _1 = fields.takeText();
        const data: Data = { "name": _0 };
        if (_1 !== undefined) data["email"] = _1;
        return data;
      } },
      { type: "user_renamed", schema: 1, take: (fields) => {
        const _0 = fields.takeText();
        const data: Data = { "name": _0 };
        return data;
      } },
    ],
  },
};
