// The pages of what was said in a channel, and which views an event touches.
#include "viewed.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::lines;
using tests::Viewed;

constexpr std::string_view thumb = "\U0001F44D";
constexpr std::string_view heart = "\u2764\uFE0F";
constexpr Instant later{noon.ms + 1};

// Message number `number` of a channel where much is said, counted from 1.
std::string_view name_of_message(int number) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (int n = 0; n <= 1'000; ++n) made.push_back(numbered("m", n));
    return made;
  }();
  return names[static_cast<std::size_t>(number)];
}
Channel said(int messages) {
  Channel channel = general_created_by_ada;
  for (int n = 1; n <= messages; ++n) channel = channel.by(ada, MessageSent{{name_of_message(n)}, "x", {}});
  return channel;
}
int rows_in(const std::string& data) {
  int rows = 0;
  for (std::size_t at = data.find("\"messageId\""); at != std::string::npos; at = data.find("\"messageId\"", at + 1)) {
    ++rows;
  }
  return rows;
}
std::string first_in(Viewed& view) { return tests::text_at(view.data(), "messageId"); }

}  // namespace

TEST_CASE("a message is shown with who said it, when, and what became of it", "[chat][views][messages]") {
  CHECK(Viewed("messages/general/1", bob_said_hi).data() ==
        R"([{"messageId":"m1","userId":"bob","text":"hi","at":1709208000000,"reactions":{}}])");
  const Channel answered = bob_said_hi.by(ada, MessageSent{{"m2"}, "ho", MessageId{"m1"}}, later)
                               .by(bob, MessageEdited{{"m1"}, "hey"}, later);
  CHECK(Viewed("messages/general/1", answered).data() ==
        R"([{"messageId":"m1","userId":"bob","text":"hey","at":1709208000000,"editedAt":1709208000001,"reactions":{}},)"
        R"({"messageId":"m2","userId":"ada","text":"ho","at":1709208000001,"replyTo":"m1","reactions":{}}])");
}

TEST_CASE("of a deleted message nothing is left but that it was", "[chat][views][messages]") {
  const Channel deleted = bob_said_hi.by(ada, ReactionAdded{{"m1"}, thumb})
                              .by(bob, MessageEdited{{"m1"}, "secret"}, later)
                              .by(bob, MessageDeleted{{"m1"}});
  CHECK(Viewed("messages/general/1", deleted).data() ==
        R"([{"messageId":"m1","userId":"bob","text":"","at":1709208000000,"editedAt":1709208000001,"deleted":true,)"
        R"("reactions":{}}])");
}

TEST_CASE("reactions stand in order of reacting, and so do the people", "[chat][views][messages]") {
  const auto reactions = [](const Channel& channel) {
    const std::string data = Viewed("messages/general/1", channel).stored().data();
    return data.substr(data.find("\"reactions\":") + 12, data.rfind("}]") - data.find("\"reactions\":") - 12);
  };
  const Channel three = bob_said_hi.by(bob, ReactionAdded{{"m1"}, thumb})
                            .by(bob, ReactionAdded{{"m1"}, heart})
                            .by(ada, ReactionAdded{{"m1"}, thumb});
  CHECK(reactions(three) == "{\"\U0001F44D\":[\"bob\",\"ada\"],\"\u2764\uFE0F\":[\"bob\"]}");
  const Channel back = three.by(bob, ReactionRemoved{{"m1"}, thumb}).by(bob, ReactionAdded{{"m1"}, thumb});
  CHECK(reactions(back) == "{\"\U0001F44D\":[\"ada\",\"bob\"],\"\u2764\uFE0F\":[\"bob\"]}");
  const Channel empty = back.by(ada, ReactionRemoved{{"m1"}, thumb})
                            .by(bob, ReactionRemoved{{"m1"}, thumb})
                            .by(ada, ReactionAdded{{"m1"}, thumb});
  CHECK(reactions(empty) == "{\"\u2764\uFE0F\":[\"bob\"],\"\U0001F44D\":[\"ada\"]}");
}

TEST_CASE("a page holds a hundred messages; the next begins with the one after", "[chat][views][messages]") {
  struct Count {
    int said, first_page, second_page, pages;
  };
  for (const Count count : {Count{0, 0, 0, 0}, Count{1, 1, 0, 1}, Count{99, 99, 0, 1}, Count{100, 100, 0, 1},
                            Count{101, 100, 1, 2}, Count{200, 100, 100, 2}, Count{201, 100, 100, 3}}) {
    const Channel channel = said(count.said);
    CHECK(rows_in(Viewed("messages/general/1", channel).data()) == count.first_page);
    CHECK(rows_in(Viewed("messages/general/2", channel).data()) == count.second_page);
    const std::string overview = Viewed("channel/general", channel).data();
    CHECK(tests::number_at(overview, "messages") == count.said);
    CHECK(tests::number_at(overview, "pages") == count.pages);
  }
  Viewed second("messages/general/2", said(250));
  CHECK(first_in(second) == "m101");
  Viewed third("messages/general/3", said(250));
  CHECK(first_in(third) == "m201");
  CHECK(rows_in(third.data()) == 50);
}

TEST_CASE("a page that is far out is empty", "[chat][views][messages]") {
  for (const char* key : {"messages/general/4", "messages/general/42949673", "messages/general/42949674",
                          "messages/general/1000000000"}) {
    INFO(key);
    if (tests::Chat().view(key) != 0) CHECK(rows_in(Viewed(key, said(250)).data()) == 0);
  }
}

TEST_CASE("a deleted message keeps its place on the page", "[chat][views][messages]") {
  const Channel channel = said(100).by(ada, MessageDeleted{{"m50"}}).by(ada, MessageSent{{"m101"}, "x", {}});
  CHECK(rows_in(Viewed("messages/general/1", channel).data()) == 100);
  CHECK(rows_in(Viewed("messages/general/2", channel).data()) == 1);
  CHECK(tests::number_at(Viewed("channel/general", channel).data(), "messages") == 101);
}

TEST_CASE("what happens to a message changes its own page alone", "[chat][views][messages]") {
  const Channel before = said(150);
  const Channel first = before.by(ada, MessageEdited{{"m100"}, "y"}).by(ada, ReactionAdded{{"m100"}, thumb});
  CHECK(Viewed("messages/general/1", first).data() != Viewed("messages/general/1", before).data());
  CHECK(Viewed("messages/general/2", first).data() == Viewed("messages/general/2", before).data());
  const Channel second = before.by(ada, MessageDeleted{{"m101"}}).by(ada, ReactionAdded{{"m150"}, thumb});
  CHECK(Viewed("messages/general/1", second).data() == Viewed("messages/general/1", before).data());
  CHECK(Viewed("messages/general/2", second).data() != Viewed("messages/general/2", before).data());
}

TEST_CASE("what happens to a message that no page has seen changes none", "[chat][views][messages]") {
  const Channel odd = bob_said_hi.by(bob, MessageEdited{{"m9"}, "y"})
                          .by(bob, MessageDeleted{{"m9"}})
                          .by(bob, ReactionAdded{{"m9"}, thumb})
                          .by(bob, ReactionRemoved{{"m9"}, thumb})
                          .by(bob, ReactionRemoved{{"m1"}, thumb});
  CHECK(Viewed("messages/general/1", odd).data() == Viewed("messages/general/1", bob_said_hi).data());
}

TEST_CASE("a page may begin where the one before it is full", "[chat][views][messages]") {
  const Channel channel = said(150);  // message n is event n + 1
  Viewed page("messages/general/2");
  page.begins_after("channel-general", 101).hears(lines(channel, 102));
  CHECK(page.bytes() == Viewed("messages/general/2", channel).bytes());
}

TEST_CASE("a stored view goes on as if it had never been stored", "[chat][views]") {
  const Channel long_one = said(99)
                               .by(bob, UserJoinedChannel{bob})
                               .by(bob, MessageSent{{"m100"}, "\u2028\"\\", MessageId{"m1"}})
                               .by(bob, ReactionAdded{{"m100"}, thumb})
                               .by(bob, MessageSent{{"m101"}, "x", {}})
                               .by(ada, ChannelRenamed{"lobby"})
                               .by(bob, MessageEdited{{"m101"}, "y"})
                               .by(bob, MessageDeleted{{"m100"}})
                               .by(bob, UserLeftChannel{bob});
  for (const char* key : {"allchannels", "channel/general", "messages/general/1"}) {
    Viewed stepwise(key);
    for (std::size_t n = 1; n <= long_one.events().size(); ++n) {
      const std::string rest = lines(long_one, n);
      stepwise.hears(rest.substr(0, rest.find('\n'))).stored();
    }
    CHECK(stepwise.bytes() == Viewed(key, long_one).bytes());
  }
}

TEST_CASE("a page that was stored before it began counts again from the first event", "[chat][views][messages]") {
  const Channel channel = said(150);
  Viewed page("messages/general/2", said(60));
  CHECK(page.checkpoint() == "{}");
  page.stored();
  CHECK(tests::number_at(page.refuses(lines(channel, 62)), "expected") == 1);
  CHECK(page.hears(lines(channel)).bytes() == Viewed("messages/general/2", channel).bytes());
}

TEST_CASE("a stored view of more streams and people than an object may have members is loaded again", "[chat][views]") {
  Viewed people("allusers");
  Viewed channels("allchannels");
  std::string users;
  std::string rooms;
  for (int n = 0; n < 300; ++n) {
    const std::string user = numbered("user-u", n);
    const std::string room = numbered("channel-c", n);
    users += tests::Stored{user, 1, "user_registered", R"({"name":"U"})"}.line() + '\n';
    rooms += tests::Stored{room, 1, "channel_created", R"({"name":"c","description":""})", 2}.line() + '\n';
  }
  people.hears(users).stored();
  channels.hears(rooms).stored();
}

}  // namespace crowbar::chat
