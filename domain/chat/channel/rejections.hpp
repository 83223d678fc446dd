// Why a channel says no. The codes in quotes are stored and answered for ever; the sentences may become better.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernel/decision.hpp"

namespace crowbar::chat::channel {

enum class Rejection : std::uint8_t {
  channel_not_found,
  channel_already_exists,
  channel_archived,
  channel_name_invalid,
  channel_name_taken,
  description_too_long,
  not_the_owner,
  not_a_member,
  not_the_author,
  text_empty,
  text_too_long,
  message_id_taken,
  message_not_found,
  message_deleted,
  emoji_invalid,
  too_many_reactions,
  reaction_not_found,
};

inline constexpr std::array<RejectionDescription<Rejection>, 17> rejections{{
    {Rejection::channel_not_found, "channel_not_found", Outcome::rejected, "There is no channel {stream}."},
    {Rejection::channel_already_exists, "channel_already_exists", Outcome::rejected, "{stream} exists already."},
    {Rejection::channel_archived, "channel_archived", Outcome::rejected, "{stream} is archived."},
    {Rejection::channel_name_invalid, "channel_name_invalid", Outcome::rejected,
     "A channel's name is 1 to {limit} of a-z, 0-9, - and _."},
    {Rejection::channel_name_taken, "channel_name_taken", Outcome::rejected, "Another channel has this name."},
    {Rejection::description_too_long, "description_too_long", Outcome::rejected,
     "The description has {actual} characters; the limit is {limit}."},
    {Rejection::not_the_owner, "not_the_owner", Outcome::forbidden, "Only the owner of {stream} may do this."},
    {Rejection::not_a_member, "not_a_member", Outcome::forbidden, "{actor} is not a member of {stream}."},
    {Rejection::not_the_author, "not_the_author", Outcome::forbidden, "{actor} did not write this message."},
    {Rejection::text_empty, "text_empty", Outcome::rejected, "The text says nothing."},
    {Rejection::text_too_long, "text_too_long", Outcome::rejected,
     "The text has {actual} characters; the limit is {limit}."},
    {Rejection::message_id_taken, "message_id_taken", Outcome::rejected, "Another message has this id."},
    {Rejection::message_not_found, "message_not_found", Outcome::rejected, "There is no such message in {stream}."},
    {Rejection::message_deleted, "message_deleted", Outcome::rejected, "The message was deleted."},
    {Rejection::emoji_invalid, "emoji_invalid", Outcome::rejected, "A reaction is one emoji."},
    {Rejection::too_many_reactions, "too_many_reactions", Outcome::rejected,
     "The message has {actual} different reactions; the limit is {limit}."},
    {Rejection::reaction_not_found, "reaction_not_found", Outcome::rejected, "{actor} has not reacted like this."},
}};
constexpr const RejectionDescription<Rejection>& describe(Rejection rejection) {
  return rejections[static_cast<std::size_t>(rejection)];
}

}  // namespace crowbar::chat::channel
