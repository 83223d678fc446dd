// What a channel's owner and its members may do with the channel itself.
#include "chat.hpp"

namespace crowbar::chat::channel {
namespace {

constexpr Reason name_out_of_bounds{"/data/name", 80};

bool reads(const Channel& channel, UserId user) { return admits(channel.state(), channel.id(), {user.value}); }

}  // namespace

// ---- create_channel

TEST_CASE("who creates a channel names it and claims the name", "[chat][channel][create_channel]") {
  given(nothing)
      .when(ada, CreateChannel{"general", "Everything"})
      .then(ChannelCreated{"general", "Everything"})
      .claiming({"take channel-name:general"});
}

TEST_CASE("a channel is created once, whoever asks, even when it is archived", "[chat][channel][create_channel]") {
  given(general_created_by_ada)
      .when(ada, CreateChannel{"general", "Everything"})
      .rejected(Rejection::channel_already_exists);
  given(general_created_by_ada).when(bob, CreateChannel{"mine", ""}).rejected(Rejection::channel_already_exists);
  given(archived).when(ada, CreateChannel{"general", "Everything"}).rejected(Rejection::channel_already_exists);
}

TEST_CASE("a channel's name is 1 to 80 of a-z, 0-9, - and _", "[chat][channel][create_channel]") {
  for (const char* name : {"a", "z", "0", "9", "-", "_", "a-b_c-9", "general"}) {
    given(nothing).when(ada, CreateChannel{name, ""}).then(ChannelCreated{name, ""});
  }
  const std::string longest = repeated("x", 80);
  given(nothing).when(ada, CreateChannel{longest, ""}).then(ChannelCreated{longest, ""});
  given(nothing)
      .when(ada, CreateChannel{repeated("x", 81), ""})
      .rejected(Rejection::channel_name_invalid, name_out_of_bounds);
  for (const char* name : {"", " ", "General", "gen eral", " general", "general ", "general\n", "g\u00E9n\u00E9ral",
                           "a.b", "a/b", "a:b", "a@b", "a`b", "a{b", "\u0430", "\U0001F600"}) {
    given(nothing).when(ada, CreateChannel{name, ""}).rejected(Rejection::channel_name_invalid, name_out_of_bounds);
  }
}

TEST_CASE("a name that is known to be held by another channel is refused", "[chat][channel][create_channel]") {
  const std::string_view held[] = {"user-name:x", "channel-name:random", "channel-name:general"};
  const Facts facts{List<std::string_view>(held)};
  given(nothing).knowing(facts).when(ada, CreateChannel{"general", ""}).rejected(Rejection::channel_name_taken);
  given(nothing)
      .knowing(facts)
      .when(ada, CreateChannel{"random", ""})
      .rejected(Rejection::channel_name_taken, Reason{"/data/name"});
  for (const char* free : {"x", "gener", "generals", "l", "e-general"}) {
    given(nothing).knowing(facts).when(ada, CreateChannel{free, ""}).then(ChannelCreated{free, ""});
  }
  given(nothing)
      .knowing(Facts{List<std::string_view>{}})
      .when(ada, CreateChannel{"x", ""})
      .then(ChannelCreated{"x", ""});
}

TEST_CASE("a channel's description is 0 to 250 code points, kept as it is", "[chat][channel][create_channel]") {
  const std::string longest = repeated("\U0001F600", 250);  // a thousand bytes
  given(nothing).when(ada, CreateChannel{"x", ""}).then(ChannelCreated{"x", ""});
  given(nothing).when(ada, CreateChannel{"x", longest}).then(ChannelCreated{"x", longest});
  given(nothing).when(ada, CreateChannel{"x", " \n "}).then(ChannelCreated{"x", " \n "});
  given(nothing)
      .when(ada, CreateChannel{"x", longest + "x"})
      .rejected(Rejection::description_too_long, Reason{"/data/description", 250, 251});
}

TEST_CASE("creating is asked in order: existence, name, its holder, description", "[chat][channel][create_channel]") {
  const std::string_view held[] = {"channel-name:general"};
  const std::string too_long = repeated("x", 251);
  given(general_created_by_ada).when(ada, CreateChannel{"NO", too_long}).rejected(Rejection::channel_already_exists);
  given(nothing).when(ada, CreateChannel{"NO", too_long}).rejected(Rejection::channel_name_invalid);
  given(nothing)
      .knowing(Facts{List<std::string_view>(held)})
      .when(ada, CreateChannel{"general", too_long})
      .rejected(Rejection::channel_name_taken);
}

// ---- rename_channel

TEST_CASE("the owner renames a channel, gives its name back and claims the new one",
          "[chat][channel][rename_channel]") {
  given(general_with_bob)
      .when(ada, RenameChannel{"random"})
      .then(ChannelRenamed{"random"})
      .claiming({"release channel-name:general", "take channel-name:random"});
  given(general_with_bob.by(ada, ChannelRenamed{"random"}))
      .when(ada, RenameChannel{"general"})
      .then(ChannelRenamed{"general"})
      .claiming({"release channel-name:random", "take channel-name:general"});
}

TEST_CASE("a channel renamed to its own name stays as it is", "[chat][channel][rename_channel]") {
  given(general_with_bob).when(ada, RenameChannel{"general"}).unchanged().claiming({});
  const std::string_view held[] = {"channel-name:general"};
  given(general_with_bob).knowing(Facts{List<std::string_view>(held)}).when(ada, RenameChannel{"general"}).unchanged();
  given(general_with_bob.by(ada, ChannelRenamed{"random"})).when(ada, RenameChannel{"random"}).unchanged();
}

TEST_CASE("renaming is refused", "[chat][channel][rename_channel]") {
  const std::string_view held[] = {"channel-name:random"};
  const Facts facts{List<std::string_view>(held)};
  given(nothing).when(ada, RenameChannel{"random"}).rejected(Rejection::channel_not_found);
  given(archived).when(ada, RenameChannel{"random"}).rejected(Rejection::channel_archived);
  given(general_with_bob).when(bob, RenameChannel{"random"}).rejected(Rejection::not_the_owner);
  given(general_with_bob).when(cleo, RenameChannel{"general"}).rejected(Rejection::not_the_owner);
  given(general_with_bob)
      .when(ada, RenameChannel{"Random"})
      .rejected(Rejection::channel_name_invalid, name_out_of_bounds);
  given(general_with_bob)
      .knowing(facts)
      .when(ada, RenameChannel{"random"})
      .rejected(Rejection::channel_name_taken, Reason{"/data/name"});
}

TEST_CASE("renaming is asked in order: existence, archive, owner, name, its holder",
          "[chat][channel][rename_channel]") {
  given(nothing).when(bob, RenameChannel{"NO"}).rejected(Rejection::channel_not_found);
  given(archived).when(bob, RenameChannel{"NO"}).rejected(Rejection::channel_archived);
  given(general_with_bob).when(bob, RenameChannel{"NO"}).rejected(Rejection::not_the_owner);
}

// ---- describe_channel

TEST_CASE("the owner says what a channel is for", "[chat][channel][describe_channel]") {
  given(general_with_bob).when(ada, DescribeChannel{"Else"}).then(ChannelDescribed{"Else"}).claiming({});
  given(general_with_bob).when(ada, DescribeChannel{""}).then(ChannelDescribed{""});
  given(general_with_bob).when(ada, DescribeChannel{"Everything "}).then(ChannelDescribed{"Everything "});
  const std::string longest = repeated("\u00E9", 250);
  given(general_with_bob).when(ada, DescribeChannel{longest}).then(ChannelDescribed{longest});
}

TEST_CASE("a channel described as it was stays as it is", "[chat][channel][describe_channel]") {
  given(general_with_bob).when(ada, DescribeChannel{"Everything"}).unchanged();
  given(general_with_bob.by(ada, ChannelDescribed{"Else"})).when(ada, DescribeChannel{"Else"}).unchanged();
  given(general_with_bob.by(ada, ChannelDescribed{"Else"}))
      .when(ada, DescribeChannel{"Everything"})
      .then(ChannelDescribed{"Everything"});
}

TEST_CASE("describing is refused, and asked in order", "[chat][channel][describe_channel]") {
  const std::string too_long = repeated("x", 251);
  given(nothing).when(bob, DescribeChannel{too_long}).rejected(Rejection::channel_not_found);
  given(archived).when(bob, DescribeChannel{too_long}).rejected(Rejection::channel_archived);
  given(archived).when(ada, DescribeChannel{"Everything"}).rejected(Rejection::channel_archived);
  given(general_with_bob).when(bob, DescribeChannel{too_long}).rejected(Rejection::not_the_owner);
  given(general_with_bob)
      .when(ada, DescribeChannel{too_long})
      .rejected(Rejection::description_too_long, Reason{"/data/description", 250, 251});
}

// ---- archive_channel

TEST_CASE("the owner archives a channel and gives its name back", "[chat][channel][archive_channel]") {
  given(general_with_bob)
      .when(ada, ArchiveChannel{})
      .then(ChannelArchived{})
      .claiming({"release channel-name:general"});
  given(general_with_bob.by(ada, ChannelRenamed{"random"}))
      .when(ada, ArchiveChannel{})
      .then(ChannelArchived{})
      .claiming({"release channel-name:random"});
}

TEST_CASE("a channel is archived once", "[chat][channel][archive_channel]") {
  given(archived).when(ada, ArchiveChannel{}).unchanged().claiming({});
}

TEST_CASE("only the owner of a channel that exists archives it", "[chat][channel][archive_channel]") {
  given(nothing).when(ada, ArchiveChannel{}).rejected(Rejection::channel_not_found);
  given(general_with_bob).when(bob, ArchiveChannel{}).rejected(Rejection::not_the_owner);
  given(archived).when(bob, ArchiveChannel{}).rejected(Rejection::not_the_owner);
}

TEST_CASE("an owner who left is still the owner", "[chat][channel][archive_channel]") {
  const Channel left = general_with_bob.by(ada, UserLeftChannel{ada});
  given(left).when(ada, ArchiveChannel{}).then(ChannelArchived{});
  given(left).when(ada, RenameChannel{"random"}).then(ChannelRenamed{"random"});
}

// ---- join_channel

TEST_CASE("anybody joins a channel", "[chat][channel][join_channel]") {
  given(general_created_by_ada).when(bob, JoinChannel{}).then(UserJoinedChannel{bob});
  given(bob_said_hi_and_left).when(bob, JoinChannel{}).then(UserJoinedChannel{bob});
}

TEST_CASE("a member who joins again changes nothing, and so does the creator", "[chat][channel][join_channel]") {
  given(general_with_bob).when(bob, JoinChannel{}).unchanged();
  given(general_created_by_ada).when(ada, JoinChannel{}).unchanged();
}

TEST_CASE("nobody joins a channel that is not there or is archived", "[chat][channel][join_channel]") {
  given(nothing).when(bob, JoinChannel{}).rejected(Rejection::channel_not_found);
  given(archived).when(cleo, JoinChannel{}).rejected(Rejection::channel_archived);
  given(archived).when(bob, JoinChannel{}).rejected(Rejection::channel_archived);
}

// ---- leave_channel

TEST_CASE("a member leaves, and so does the owner, even an archived channel", "[chat][channel][leave_channel]") {
  given(general_with_bob).when(bob, LeaveChannel{}).then(UserLeftChannel{bob});
  given(general_with_bob).when(ada, LeaveChannel{}).then(UserLeftChannel{ada});
  given(archived).when(bob, LeaveChannel{}).then(UserLeftChannel{bob});
}

TEST_CASE("only a member leaves, once", "[chat][channel][leave_channel]") {
  given(nothing).when(bob, LeaveChannel{}).rejected(Rejection::channel_not_found);
  given(general_created_by_ada).when(bob, LeaveChannel{}).rejected(Rejection::not_a_member);
  given(bob_said_hi_and_left).when(bob, LeaveChannel{}).rejected(Rejection::not_a_member);
}

// ---- who reads it

TEST_CASE("a channel admits its members, and nobody else", "[chat][channel][admits]") {
  CHECK_FALSE(reads(nothing, ada));
  CHECK(reads(general_created_by_ada, ada));
  CHECK_FALSE(reads(general_created_by_ada, bob));
  CHECK(reads(general_with_bob, bob));
  CHECK_FALSE(reads(general_with_bob, cleo));
  CHECK_FALSE(reads(general_with_bob, {"ADA"}));
  CHECK_FALSE(reads(general_with_bob, {"general"}));
  CHECK_FALSE(reads(general_with_bob, {""}));
}

TEST_CASE("whoever has left reads no more, until they join again; an archived channel is still read",
          "[chat][channel][admits]") {
  CHECK_FALSE(reads(bob_said_hi_and_left, bob));
  CHECK(reads(bob_said_hi_and_left, ada));
  CHECK(reads(bob_said_hi_and_left.by(bob, UserJoinedChannel{bob}), bob));
  CHECK_FALSE(reads(bob_said_hi.by(ada, UserLeftChannel{ada}), ada));
  CHECK(reads(archived, ada));
  CHECK(reads(archived, bob));
  CHECK_FALSE(reads(archived, cleo));
  CHECK_FALSE(reads(archived.by(bob, UserLeftChannel{bob}), bob));
  // Who is known for having written or reacted is no member for it.
  CHECK_FALSE(reads(bob_said_hi.by(cleo, ReactionAdded{{"m1"}, "\U0001F44D"}), cleo));
}

}  // namespace crowbar::chat::channel
