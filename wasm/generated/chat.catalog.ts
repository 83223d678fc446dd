// Written by `npm run generate` from the describe() of domain/chat. Do not edit.
import type { Catalog } from "../src/catalog.ts";

export const catalog: Catalog = {
  "context": "chat",
  "aggregates": [
    {
      "name": "channel",
      "meaning": "A place where people talk.",
      "commands": [
        {
          "type": "send_message",
          "meaning": "Say something in a channel.",
          "data": [
            {
              "name": "messageId",
              "type": "id",
              "required": true,
              "meaning": "chosen by the sender; sending it again changes nothing"
            },
            { "name": "text", "type": "text", "required": true, "min": 1, "max": 4000, "meaning": "trimmed" },
            { "name": "replyTo", "type": "id", "required": false, "meaning": "the message that this one answers" }
          ]
        },
        {
          "type": "edit_message",
          "meaning": "Change what one has said.",
          "data": [
            { "name": "messageId", "type": "id", "required": true, "meaning": "a message of one's own" },
            { "name": "text", "type": "text", "required": true, "min": 1, "max": 4000, "meaning": "trimmed" }
          ]
        },
        {
          "type": "delete_message",
          "meaning": "Take a message back. The channel's owner may take back any.",
          "data": [{ "name": "messageId", "type": "id", "required": true, "meaning": "the message" }]
        },
        {
          "type": "add_reaction",
          "meaning": "React to a message.",
          "data": [
            { "name": "messageId", "type": "id", "required": true, "meaning": "the message" },
            {
              "name": "emoji",
              "type": "text",
              "required": true,
              "min": 1,
              "max": 32,
              "meaning": "one emoji (UTS #51)"
            }
          ]
        },
        {
          "type": "remove_reaction",
          "meaning": "Take a reaction of one's own back.",
          "data": [
            { "name": "messageId", "type": "id", "required": true, "meaning": "the message" },
            { "name": "emoji", "type": "text", "required": true, "min": 1, "max": 32, "meaning": "the emoji" }
          ]
        },
        { "type": "join_channel", "meaning": "Become a member of a channel.", "data": [] },
        { "type": "leave_channel", "meaning": "Stop being a member.", "data": [] },
        {
          "type": "create_channel",
          "meaning": "Open a channel. Who creates it owns it and is its first member.",
          "data": [
            {
              "name": "name",
              "type": "text",
              "required": true,
              "min": 1,
              "max": 80,
              "meaning": "of a-z, 0-9, - and _; one living channel has it"
            },
            {
              "name": "description",
              "type": "text",
              "required": true,
              "min": 0,
              "max": 250,
              "meaning": "what it is for"
            }
          ]
        },
        {
          "type": "rename_channel",
          "meaning": "Give a channel another name.",
          "data": [
            {
              "name": "name",
              "type": "text",
              "required": true,
              "min": 1,
              "max": 80,
              "meaning": "of a-z, 0-9, - and _; one living channel has it"
            }
          ]
        },
        {
          "type": "describe_channel",
          "meaning": "Say what a channel is for.",
          "data": [
            {
              "name": "description",
              "type": "text",
              "required": true,
              "min": 0,
              "max": 250,
              "meaning": "what it is for"
            }
          ]
        },
        { "type": "archive_channel", "meaning": "Close a channel for good. Its name is free again.", "data": [] }
      ],
      "events": [
        {
          "type": "message_sent",
          "schema": 1,
          "meaning": "Something was said.",
          "data": [
            { "name": "messageId", "type": "id", "required": true, "meaning": "the message" },
            { "name": "text", "type": "text", "required": true, "meaning": "trimmed" },
            { "name": "replyTo", "type": "id", "required": false, "meaning": "the message that it answers" }
          ]
        },
        {
          "type": "message_edited",
          "schema": 1,
          "meaning": "A message was changed by its author.",
          "data": [
            { "name": "messageId", "type": "id", "required": true, "meaning": "the message" },
            { "name": "text", "type": "text", "required": true, "meaning": "what it says from now on" }
          ]
        },
        {
          "type": "message_deleted",
          "schema": 1,
          "meaning": "A message was taken back, and the reactions to it.",
          "data": [{ "name": "messageId", "type": "id", "required": true, "meaning": "the message" }]
        },
        {
          "type": "reaction_added",
          "schema": 1,
          "meaning": "Somebody reacted to a message.",
          "data": [
            { "name": "messageId", "type": "id", "required": true, "meaning": "the message" },
            { "name": "emoji", "type": "text", "required": true, "meaning": "one emoji" }
          ]
        },
        {
          "type": "reaction_removed",
          "schema": 1,
          "meaning": "Somebody took a reaction back.",
          "data": [
            { "name": "messageId", "type": "id", "required": true, "meaning": "the message" },
            { "name": "emoji", "type": "text", "required": true, "meaning": "the emoji" }
          ]
        },
        {
          "type": "user_joined_channel",
          "schema": 1,
          "meaning": "Somebody became a member.",
          "data": [{ "name": "userId", "type": "id", "required": true, "meaning": "who" }]
        },
        {
          "type": "user_left_channel",
          "schema": 1,
          "meaning": "Somebody stopped being a member.",
          "data": [{ "name": "userId", "type": "id", "required": true, "meaning": "who" }]
        },
        {
          "type": "channel_created",
          "schema": 2,
          "meaning": "A channel was opened; its actor owns it.",
          "data": [
            { "name": "name", "type": "text", "required": true, "meaning": "its name" },
            { "name": "description", "type": "text", "required": true, "meaning": "what it is for" }
          ],
          "earlier": [
            {
              "schema": 1,
              "data": [
                { "name": "name", "type": "text", "required": true, "meaning": "its name" },
                { "name": "description", "type": "text", "required": false, "meaning": "what it is for" }
              ]
            }
          ]
        },
        {
          "type": "channel_renamed",
          "schema": 1,
          "meaning": "A channel got another name.",
          "data": [{ "name": "name", "type": "text", "required": true, "meaning": "its name from now on" }]
        },
        {
          "type": "channel_described",
          "schema": 1,
          "meaning": "It was said what a channel is for.",
          "data": [{ "name": "description", "type": "text", "required": true, "meaning": "what it is for" }]
        },
        { "type": "channel_archived", "schema": 1, "meaning": "A channel was closed.", "data": [] }
      ],
      "rejections": [
        { "code": "channel_not_found", "outcome": "rejected", "sentence": "There is no channel {stream}." },
        { "code": "channel_already_exists", "outcome": "rejected", "sentence": "{stream} exists already." },
        { "code": "channel_archived", "outcome": "rejected", "sentence": "{stream} is archived." },
        {
          "code": "channel_name_invalid",
          "outcome": "rejected",
          "sentence": "A channel's name is 1 to {limit} of a-z, 0-9, - and _."
        },
        { "code": "channel_name_taken", "outcome": "rejected", "sentence": "Another channel has this name." },
        {
          "code": "description_too_long",
          "outcome": "rejected",
          "sentence": "The description has {actual} characters; the limit is {limit}."
        },
        { "code": "not_the_owner", "outcome": "forbidden", "sentence": "Only the owner of {stream} may do this." },
        { "code": "not_a_member", "outcome": "forbidden", "sentence": "{actor} is not a member of {stream}." },
        { "code": "not_the_author", "outcome": "forbidden", "sentence": "{actor} did not write this message." },
        { "code": "text_empty", "outcome": "rejected", "sentence": "The text says nothing." },
        {
          "code": "text_too_long",
          "outcome": "rejected",
          "sentence": "The text has {actual} characters; the limit is {limit}."
        },
        { "code": "message_id_taken", "outcome": "rejected", "sentence": "Another message has this id." },
        { "code": "message_not_found", "outcome": "rejected", "sentence": "There is no such message in {stream}." },
        { "code": "message_deleted", "outcome": "rejected", "sentence": "The message was deleted." },
        { "code": "emoji_invalid", "outcome": "rejected", "sentence": "A reaction is one emoji." },
        {
          "code": "too_many_reactions",
          "outcome": "rejected",
          "sentence": "The message has {actual} different reactions; the limit is {limit}."
        },
        { "code": "reaction_not_found", "outcome": "rejected", "sentence": "{actor} has not reacted like this." }
      ],
      "facts": [
        {
          "name": "claimed",
          "type": "list of text",
          "required": false,
          "meaning": "keys of claims that other streams are known to hold"
        }
      ]
    },
    {
      "name": "user",
      "meaning": "A person and what they call themselves.",
      "commands": [
        {
          "type": "register_user",
          "meaning": "Give oneself a name.",
          "data": [
            { "name": "name", "type": "text", "required": true, "min": 1, "max": 80, "meaning": "trimmed" },
            { "name": "email", "type": "text", "required": false, "min": 3, "max": 254, "meaning": "an address" }
          ]
        },
        {
          "type": "rename_user",
          "meaning": "Give oneself another name.",
          "data": [{ "name": "name", "type": "text", "required": true, "min": 1, "max": 80, "meaning": "trimmed" }]
        }
      ],
      "events": [
        {
          "type": "user_registered",
          "schema": 1,
          "meaning": "Somebody gave themselves a name.",
          "data": [
            { "name": "name", "type": "text", "required": true, "meaning": "trimmed" },
            { "name": "email", "type": "text", "required": false, "meaning": "an address" }
          ]
        },
        {
          "type": "user_renamed",
          "schema": 1,
          "meaning": "Somebody gave themselves another name.",
          "data": [{ "name": "name", "type": "text", "required": true, "meaning": "trimmed" }]
        }
      ],
      "rejections": [
        { "code": "not_yourself", "outcome": "forbidden", "sentence": "{actor} may not speak for {stream}." },
        { "code": "user_already_registered", "outcome": "rejected", "sentence": "{stream} has a name already." },
        { "code": "user_not_registered", "outcome": "rejected", "sentence": "{stream} is not registered." },
        {
          "code": "user_name_invalid",
          "outcome": "rejected",
          "sentence": "A name is 1 to {limit} characters that can be seen, without controls or marks that turn the text around."
        },
        { "code": "email_invalid", "outcome": "rejected", "sentence": "This is no e-mail address." }
      ],
      "facts": []
    }
  ],
  "views": [
    {
      "name": "allchannels",
      "key": "allchannels",
      "meaning": "The living channels, in order of creation.",
      "shape": "list",
      "readers": "everybody",
      "aggregate": "channel",
      "hears": [
        "channel_created",
        "channel_renamed",
        "channel_described",
        "channel_archived",
        "user_joined_channel",
        "user_left_channel"
      ],
      "row": [
        { "name": "id", "type": "id", "required": true, "meaning": "of the channel" },
        { "name": "name", "type": "text", "required": true, "meaning": "its name" },
        { "name": "description", "type": "text", "required": true, "meaning": "what it is for" },
        {
          "name": "users",
          "type": "integer",
          "required": true,
          "min": 0,
          "max": 9007199254740991,
          "meaning": "how many members it has"
        },
        { "name": "owner", "type": "id", "required": true, "meaning": "who created it" },
        { "name": "createdAt", "type": "instant", "required": true, "meaning": "when it was created" }
      ]
    },
    {
      "name": "allusers",
      "key": "allusers",
      "meaning": "Everybody who is registered, by id.",
      "shape": "dictionary",
      "readers": "everybody",
      "aggregate": "user",
      "hears": ["user_registered", "user_renamed"],
      "row": [{ "name": "name", "type": "text", "required": true, "meaning": "what they call themselves" }]
    },
    {
      "name": "channel",
      "key": "channel/<channelId>",
      "meaning": "One channel and its members.",
      "shape": "object",
      "readers": "everybody",
      "aggregate": "channel",
      "hears": [
        "channel_created",
        "channel_renamed",
        "channel_described",
        "channel_archived",
        "user_joined_channel",
        "user_left_channel",
        "message_sent"
      ],
      "row": [
        { "name": "id", "type": "id", "required": true, "meaning": "of the channel" },
        { "name": "name", "type": "text", "required": true, "meaning": "its name" },
        { "name": "description", "type": "text", "required": true, "meaning": "what it is for" },
        { "name": "owner", "type": "id", "required": true, "meaning": "who created it" },
        { "name": "archived", "type": "boolean", "required": true, "meaning": "closed for good" },
        { "name": "members", "type": "list of id", "required": true, "meaning": "in order of joining" },
        {
          "name": "messages",
          "type": "integer",
          "required": true,
          "min": 0,
          "max": 9007199254740991,
          "meaning": "how many were ever sent"
        },
        {
          "name": "pages",
          "type": "integer",
          "required": true,
          "min": 0,
          "max": 9007199254740991,
          "meaning": "how many pages of messages there are"
        }
      ]
    },
    {
      "name": "messages",
      "key": "messages/<channelId>/<page>",
      "meaning": "What was said in a channel, in order of sending.",
      "shape": "list",
      "readers": "stream",
      "pageSize": 100,
      "aggregate": "channel",
      "hears": ["message_sent", "message_edited", "message_deleted", "reaction_added", "reaction_removed"],
      "row": [
        { "name": "messageId", "type": "id", "required": true, "meaning": "of the message" },
        { "name": "userId", "type": "id", "required": true, "meaning": "who said it" },
        { "name": "text", "type": "text", "required": true, "meaning": "what it says now; empty where it was deleted" },
        { "name": "at", "type": "instant", "required": true, "meaning": "when it was sent" },
        { "name": "editedAt", "type": "instant", "required": false, "meaning": "when it was last edited" },
        { "name": "deleted", "type": "boolean", "required": false, "meaning": "true where it was deleted" },
        { "name": "replyTo", "type": "id", "required": false, "meaning": "the message that it answers" },
        {
          "name": "reactions",
          "type": "dictionary of list of id",
          "required": true,
          "meaning": "emoji → who reacted, both in order of reacting"
        }
      ]
    }
  ],
  "faults": [
    { "code": "empty_input", "outcome": "malformed", "sentence": "There is nothing to read: the input is empty." },
    { "code": "too_large", "outcome": "too_large", "sentence": "The input has {actual} bytes; the limit is {limit}." },
    {
      "code": "byte_order_mark",
      "outcome": "malformed",
      "sentence": "The input begins with a byte order mark; JSON is sent without one."
    },
    { "code": "nul_byte", "outcome": "malformed", "sentence": "There is a NUL byte at byte {offset}." },
    { "code": "invalid_utf8", "outcome": "malformed", "sentence": "The bytes at {offset} are not UTF-8." },
    {
      "code": "lone_surrogate",
      "outcome": "malformed",
      "sentence": "Half a surrogate pair stands alone at byte {offset}."
    },
    {
      "code": "noncharacter",
      "outcome": "malformed",
      "sentence": "The code point at byte {offset} is not a character, for ever."
    },
    {
      "code": "control_character",
      "outcome": "malformed",
      "sentence": "A control character at byte {offset} must be written as an escape."
    },
    {
      "code": "invalid_escape",
      "outcome": "malformed",
      "sentence": "The escape at byte {offset} is none that JSON knows."
    },
    {
      "code": "unexpected_character",
      "outcome": "malformed",
      "sentence": "The character at byte {offset} cannot stand there in JSON."
    },
    {
      "code": "unexpected_end",
      "outcome": "malformed",
      "sentence": "The input ends at byte {offset}, in the middle of a value."
    },
    {
      "code": "trailing_content",
      "outcome": "malformed",
      "sentence": "There is more after the end of the value, at byte {offset}."
    },
    {
      "code": "too_deep",
      "outcome": "malformed",
      "sentence": "The value at byte {offset} is nested deeper than {limit} levels."
    },
    { "code": "duplicate_key", "outcome": "malformed", "sentence": "The key \"{name}\" stands twice in one object." },
    {
      "code": "too_many_members",
      "outcome": "malformed",
      "sentence": "An object has more than {limit} members, at byte {offset}."
    },
    {
      "code": "number_malformed",
      "outcome": "malformed",
      "sentence": "The number at byte {offset} is not written as JSON writes numbers."
    },
    {
      "code": "not_an_integer",
      "outcome": "malformed",
      "sentence": "The number at byte {offset} has a fraction or an exponent; only whole numbers are taken."
    },
    { "code": "negative_zero", "outcome": "malformed", "sentence": "The number at byte {offset} is -0; write 0." },
    {
      "code": "integer_out_of_range",
      "outcome": "malformed",
      "sentence": "The number at byte {offset} lies beyond 2^53-1, where JavaScript counts no longer exactly."
    },
    { "code": "wrong_type", "outcome": "malformed", "sentence": "Wanted here: {name}." },
    { "code": "unknown_key", "outcome": "malformed", "sentence": "The key \"{name}\" is not known here." },
    { "code": "missing_key", "outcome": "malformed", "sentence": "The key \"{name}\" is missing." },
    { "code": "unknown_type", "outcome": "malformed", "sentence": "There is no command \"{name}\" here." },
    { "code": "id_invalid", "outcome": "malformed", "sentence": "\"{name}\" does not have the form of an id." },
    {
      "code": "stream_invalid",
      "outcome": "malformed",
      "sentence": "\"{name}\" is not the name of a stream: <aggregate>-<id> is wanted."
    },
    { "code": "foreign_stream", "outcome": "malformed", "sentence": "This belongs to another stream: {name}." },
    {
      "code": "value_out_of_range",
      "outcome": "malformed",
      "sentence": "The number {actual} is out of range; the limit is {limit}."
    },
    {
      "code": "version_conflict",
      "outcome": "conflict",
      "sentence": "Expected version {expected}, stream {name} is at {actual}."
    },
    {
      "code": "version_gap",
      "outcome": "conflict",
      "sentence": "Expected version {expected} of stream {name}, got {actual}."
    },
    {
      "code": "event_unknown",
      "outcome": "defect",
      "sentence": "The stored event {name} with schema {actual} is not known to this module."
    },
    {
      "code": "page_missing",
      "outcome": "conflict",
      "sentence": "{name} is of a page before page {limit}, which is the first one open."
    },
    { "code": "not_a_verdict", "outcome": "malformed", "sentence": "This is not an accepted verdict." },
    { "code": "unknown_aggregate", "outcome": "malformed", "sentence": "There is no aggregate \"{name}\"." },
    { "code": "unknown_view", "outcome": "malformed", "sentence": "There is no view \"{name}\"." },
    { "code": "handle_closed", "outcome": "defect", "sentence": "This handle is closed, or was never open." },
    { "code": "snapshot_corrupt", "outcome": "defect", "sentence": "The snapshot is damaged; fold the stream again." },
    {
      "code": "snapshot_foreign",
      "outcome": "conflict",
      "sentence": "The snapshot was made by another module ({name}); fold the stream again."
    },
    {
      "code": "too_many_handles",
      "outcome": "unavailable",
      "sentence": "There are {limit} streams and views open; close one first."
    }
  ]
};
