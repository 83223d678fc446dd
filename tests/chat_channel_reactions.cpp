// How members react to messages.
#include <vector>

#include "chat.hpp"

namespace crowbar::chat::channel {
namespace {

constexpr std::string_view thumb = "\U0001F44D";
constexpr std::string_view heart = "\u2764\uFE0F";

const Channel bob_likes_it = bob_said_hi.by(bob, ReactionAdded{{"m1"}, thumb});

// Twenty different ones: U+1F600 to U+1F613.
const std::vector<std::string>& twenty_emoji() {
  static const std::vector<std::string> emoji = [] {
    std::vector<std::string> made;
    for (char last = '\x80'; last < '\x94'; ++last) made.push_back(std::string("\xF0\x9F\x98") + last);
    return made;
  }();
  return emoji;
}
const Channel& full_of_reactions() {
  static const Channel full = [] {
    Channel channel = bob_said_hi;
    for (const std::string& emoji : twenty_emoji()) channel = channel.by(ada, ReactionAdded{{"m1"}, emoji});
    return channel;
  }();
  return full;
}

}  // namespace

// ---- add_reaction

TEST_CASE("a member reacts to a message, their own or another's", "[chat][channel][add_reaction]") {
  given(bob_said_hi).when(ada, AddReaction{{"m1"}, thumb}).then(ReactionAdded{{"m1"}, thumb});
  given(bob_said_hi).when(bob, AddReaction{{"m1"}, heart}).then(ReactionAdded{{"m1"}, heart});
  given(bob_likes_it).when(ada, AddReaction{{"m1"}, thumb}).then(ReactionAdded{{"m1"}, thumb});
  given(bob_likes_it).when(bob, AddReaction{{"m1"}, heart}).then(ReactionAdded{{"m1"}, heart});
}

TEST_CASE("the same reaction again changes nothing", "[chat][channel][add_reaction]") {
  given(bob_likes_it).when(bob, AddReaction{{"m1"}, thumb}).unchanged();
  const Channel taken_back = bob_likes_it.by(bob, ReactionRemoved{{"m1"}, thumb});
  given(taken_back).when(bob, AddReaction{{"m1"}, thumb}).then(ReactionAdded{{"m1"}, thumb});
}

TEST_CASE("an emoji is compared as its code points", "[chat][channel][add_reaction]") {
  const Channel bare = bob_said_hi.by(bob, ReactionAdded{{"m1"}, "\u2764"});
  given(bare).when(bob, AddReaction{{"m1"}, heart}).then(ReactionAdded{{"m1"}, heart});
}

TEST_CASE("a reaction is one emoji", "[chat][channel][add_reaction]") {
  for (const std::string_view emoji : {"\u00A9", "1\uFE0F\u20E3", "\U0001F1EB\U0001F1F7", "\U0001F44D\U0001F3FD",
                                       "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                       "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"}) {
    given(bob_said_hi).when(bob, AddReaction{{"m1"}, emoji}).then(ReactionAdded{{"m1"}, emoji});
  }
  for (const std::string_view text : {"", "a", "1", "#", ":+1:", " \U0001F44D", "\U0001F44D ", "\U0001F44D\U0001F44D",
                                      "\u200D", "\uFE0F", "\U0001F468\u200D"}) {
    given(bob_said_hi).when(bob, AddReaction{{"m1"}, text}).rejected(Rejection::emoji_invalid, Reason{"/data/emoji"});
  }
}

TEST_CASE("an emoji has at most 32 code points", "[chat][channel][add_reaction]") {
  std::string chain = "\U0001F468\uFE0F";  // two, and two each link: 32
  for (int links = 0; links < 15; ++links) chain += "\u200D\U0001F469";
  given(bob_said_hi).when(bob, AddReaction{{"m1"}, chain}).then(ReactionAdded{{"m1"}, chain});
  given(bob_said_hi).when(bob, AddReaction{{"m1"}, chain + "\uFE0F"}).rejected(Rejection::emoji_invalid);
}

TEST_CASE("a message has at most twenty different reactions, each of as many people as like",
          "[chat][channel][add_reaction]") {
  given(full_of_reactions())
      .when(ada, AddReaction{{"m1"}, thumb})
      .rejected(Rejection::too_many_reactions, Reason{"/data/emoji", 20, 20});
  given(full_of_reactions())
      .when(bob, AddReaction{{"m1"}, twenty_emoji()[19]})
      .then(ReactionAdded{{"m1"}, twenty_emoji()[19]});
  given(full_of_reactions()).when(ada, AddReaction{{"m1"}, twenty_emoji()[0]}).unchanged();
  const Channel nineteen = full_of_reactions().by(ada, ReactionRemoved{{"m1"}, twenty_emoji()[7]});
  given(nineteen).when(ada, AddReaction{{"m1"}, thumb}).then(ReactionAdded{{"m1"}, thumb});
  const Channel another = full_of_reactions().by(bob, MessageSent{{"m2"}, "so", {}});
  given(another).when(ada, AddReaction{{"m2"}, thumb}).then(ReactionAdded{{"m2"}, thumb});
}

TEST_CASE("a reaction whose last person took it back counts no longer", "[chat][channel][add_reaction]") {
  const Channel shared = full_of_reactions().by(bob, ReactionAdded{{"m1"}, twenty_emoji()[0]});
  const Channel ada_out = shared.by(ada, ReactionRemoved{{"m1"}, twenty_emoji()[0]});
  given(ada_out).when(ada, AddReaction{{"m1"}, thumb}).rejected(Rejection::too_many_reactions);
  const Channel both_out = ada_out.by(bob, ReactionRemoved{{"m1"}, twenty_emoji()[0]});
  given(both_out).when(ada, AddReaction{{"m1"}, thumb}).then(ReactionAdded{{"m1"}, thumb});
}

TEST_CASE("reacting is refused, and asked in order", "[chat][channel][add_reaction]") {
  const Reason message{"/data/messageId"};
  given(nothing).when(cleo, AddReaction{{"m9"}, "a"}).rejected(Rejection::channel_not_found);
  given(archived).when(cleo, AddReaction{{"m9"}, "a"}).rejected(Rejection::channel_archived);
  given(bob_likes_it.by(ada, ChannelArchived{}))
      .when(bob, AddReaction{{"m1"}, thumb})
      .rejected(Rejection::channel_archived);
  given(bob_said_hi).when(cleo, AddReaction{{"m9"}, "a"}).rejected(Rejection::not_a_member);
  given(bob_said_hi).when(bob, AddReaction{{"m9"}, "a"}).rejected(Rejection::message_not_found, message);
  given(bobs_hi_deleted).when(bob, AddReaction{{"m1"}, "a"}).rejected(Rejection::message_deleted, message);
  given(full_of_reactions()).when(ada, AddReaction{{"m1"}, "a"}).rejected(Rejection::emoji_invalid);
}

// ---- remove_reaction

TEST_CASE("a member takes a reaction of their own back", "[chat][channel][remove_reaction]") {
  given(bob_likes_it).when(bob, RemoveReaction{{"m1"}, thumb}).then(ReactionRemoved{{"m1"}, thumb});
  const Channel both = bob_likes_it.by(ada, ReactionAdded{{"m1"}, thumb});
  given(both).when(ada, RemoveReaction{{"m1"}, thumb}).then(ReactionRemoved{{"m1"}, thumb});
  const Channel only_ada = both.by(bob, ReactionRemoved{{"m1"}, thumb});
  given(only_ada).when(bob, RemoveReaction{{"m1"}, thumb}).rejected(Rejection::reaction_not_found);
}

TEST_CASE("a reaction that is not there is not taken back", "[chat][channel][remove_reaction]") {
  const Reason where{"/data/emoji"};
  given(bob_likes_it).when(ada, RemoveReaction{{"m1"}, thumb}).rejected(Rejection::reaction_not_found, where);
  given(bob_likes_it).when(bob, RemoveReaction{{"m1"}, heart}).rejected(Rejection::reaction_not_found, where);
  given(bob_likes_it).when(bob, RemoveReaction{{"m9"}, thumb}).rejected(Rejection::reaction_not_found, where);
  given(bob_likes_it).when(bob, RemoveReaction{{"m1"}, "no emoji"}).rejected(Rejection::reaction_not_found, where);
  const Channel deleted = bob_likes_it.by(bob, MessageDeleted{{"m1"}});
  given(deleted).when(bob, RemoveReaction{{"m1"}, thumb}).rejected(Rejection::reaction_not_found, where);
}

TEST_CASE("taking a reaction back is refused, and asked in order", "[chat][channel][remove_reaction]") {
  given(nothing).when(cleo, RemoveReaction{{"m9"}, "a"}).rejected(Rejection::channel_not_found);
  given(bob_likes_it.by(ada, ChannelArchived{}))
      .when(cleo, RemoveReaction{{"m9"}, "a"})
      .rejected(Rejection::channel_archived);
  given(bob_likes_it).when(cleo, RemoveReaction{{"m9"}, "a"}).rejected(Rejection::not_a_member);
  given(bob_likes_it.by(bob, UserLeftChannel{bob}))
      .when(bob, RemoveReaction{{"m1"}, thumb})
      .rejected(Rejection::not_a_member);
}

}  // namespace crowbar::chat::channel
