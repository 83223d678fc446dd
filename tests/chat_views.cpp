// The lists of channels and of people, and the overview of one channel.
#include "viewed.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::lines;
using tests::Viewed;

constexpr std::string_view general_row =
    R"({"id":"general","name":"general","description":"Everything","users":1,"owner":"ada","createdAt":1709208000000})";

Channel created(std::string_view id, std::int64_t milliseconds_after_noon) {
  return Channel(id).by(ada, ChannelCreated{id, ""}, Instant{noon.ms + milliseconds_after_noon});
}
std::string ids_in(const std::string& data) {
  std::string ids;
  for (std::size_t at = data.find("\"id\":\""); at != std::string::npos; at = data.find("\"id\":\"", at + 1)) {
    ids += data.substr(at + 6, data.find('"', at + 6) - at - 6) + ' ';
  }
  return ids;
}

}  // namespace

// ---- all views

TEST_CASE("a view is its data, its checkpoint, its key and who made it, in one object", "[chat][views]") {
  CHECK(Viewed("allchannels").bytes() ==
        concat(R"({"data":[],"checkpoint":{},"projection":"allchannels","domain":")", tests::zeros, "\"}"));
  CHECK(Viewed("allusers").bytes() ==
        concat(R"({"data":{},"checkpoint":{},"projection":"allusers","domain":")", tests::zeros, "\"}"));
  CHECK(Viewed("channel/general").bytes() ==
        concat(R"({"data":null,"checkpoint":{},"projection":"channel/general","domain":")", tests::zeros, "\"}"));
  CHECK(Viewed("messages/general/1").bytes() ==
        concat(R"({"data":[],"checkpoint":{},"projection":"messages/general/1","domain":")", tests::zeros, "\"}"));
  CHECK(Viewed("allchannels", general_created_by_ada).bytes() ==
        concat(R"({"data":[)", general_row,
               R"(],"checkpoint":{"channel-general":1},"projection":"allchannels","domain":")", tests::zeros, "\"}"));
}

TEST_CASE("the checkpoint says how far each stream was heard, in order of their names", "[chat][views]") {
  Viewed view("allchannels");
  view.hears(lines(created("zebra", 0))).hears(lines(created("ant", 1))).hears(lines(bob_said_hi));
  CHECK(view.checkpoint() == R"({"channel-ant":1,"channel-general":3,"channel-zebra":1})");
}

TEST_CASE("an event that was heard before passes by", "[chat][views]") {
  for (const char* key : {"allchannels", "channel/general", "messages/general/1"}) {
    Viewed view(key, bob_said_hi);
    const std::string once = view.bytes();
    CHECK(view.hears(lines(bob_said_hi)).bytes() == once);
    CHECK(view.hears(lines(bob_said_hi, 3) + lines(bob_said_hi, 2)).bytes() == once);
  }
}

TEST_CASE("at a gap a view names the version that it misses and keeps what came before", "[chat][views]") {
  for (const char* key : {"allchannels", "channel/general", "messages/general/1"}) {
    Viewed view(key, general_created_by_ada);
    const std::string refusal = view.refuses(lines(bob_said_hi, 3));
    CHECK(tests::code_of(refusal) == "version_gap");
    CHECK(tests::number_at(refusal, "expected") == 2);
    CHECK(tests::number_at(refusal, "actual") == 3);
    CHECK(tests::text_at(refusal, "name") == "channel-general");
    CHECK(view.bytes() == Viewed(key, general_created_by_ada).bytes());
    const Channel bob_speaks = bob_said_hi.by(bob, MessageEdited{{"m1"}, "ho"}).by(ada, ChannelRenamed{"x"});
    view.refuses(lines(general_with_bob, 2) + lines(bob_speaks, 5));
    CHECK(view.bytes() == Viewed(key, general_with_bob).bytes());
    CHECK(view.hears(lines(bob_speaks, 3)).bytes() == Viewed(key, bob_speaks).bytes());
  }
}

TEST_CASE("a view that has not heard how a stream began goes back for it", "[chat][views]") {
  for (const char* key : {"allchannels", "channel/general", "messages/general/1"}) {
    const std::string refusal = Viewed(key).refuses(lines(general_with_bob, 2));
    CHECK(tests::code_of(refusal) == "version_gap");
    CHECK(tests::number_at(refusal, "expected") == 1);
  }
}

TEST_CASE("events of others pass by, whatever their version", "[chat][views]") {
  const Channel random = created("random", 5).by(bob, UserJoinedChannel{bob}).by(bob, MessageSent{{"m1"}, "so", {}});
  for (const char* key : {"channel/general", "messages/general/1"}) {
    Viewed view(key, bob_said_hi);
    const std::string before = view.bytes();
    CHECK(view.hears(lines(random)).hears(lines(random, 3)).hears(lines(user::ada_registered)).bytes() == before);
  }
  Viewed people("allusers", user::ada_registered);
  const std::string before = people.bytes();
  CHECK(people.hears(lines(bob_said_hi)).hears(lines(bob_said_hi, 2)).bytes() == before);
  Viewed channels("allchannels");
  CHECK(channels.hears(lines(user::ada_registered)).checkpoint() == "{}");
}

// ---- allchannels

TEST_CASE("the list of channels says what each is, and how many are in it", "[chat][views][allchannels]") {
  CHECK(Viewed("allchannels", general_created_by_ada).data() == concat("[", general_row, "]"));
  const Channel changed = bob_said_hi.by(ada, ChannelRenamed{"lobby"}).by(ada, ChannelDescribed{""});
  CHECK(Viewed("allchannels", changed).data() ==
        R"([{"id":"general","name":"lobby","description":"","users":2,"owner":"ada","createdAt":1709208000000}])");
  CHECK(tests::number_at(Viewed("allchannels", bob_said_hi_and_left).data(), "users") == 1);
  const Channel back = bob_said_hi_and_left.by(bob, UserJoinedChannel{bob}).by(ada, UserLeftChannel{ada});
  CHECK(tests::number_at(Viewed("allchannels", back).data(), "users") == 1);
}

TEST_CASE("users counts distinct members, never events", "[chat][views][allchannels]") {
  const Channel twice = general_with_bob.by(bob, UserJoinedChannel{bob});
  CHECK(tests::number_at(Viewed("allchannels", twice).data(), "users") == 2);
  const Channel never_in = general_created_by_ada.by(bob, UserLeftChannel{bob}).by(ada, UserLeftChannel{ada});
  CHECK(tests::number_at(Viewed("allchannels", never_in).data(), "users") == 0);
}

TEST_CASE("an archived channel leaves the list for good", "[chat][views][allchannels]") {
  CHECK(Viewed("allchannels", archived).data() == "[]");
  CHECK(Viewed("allchannels", archived).checkpoint() == R"({"channel-general":4})");
  CHECK(Viewed("allchannels", archived.by(bob, UserLeftChannel{bob})).data() == "[]");
}

TEST_CASE("channels stand in order of creation, whichever was heard first", "[chat][views][allchannels]") {
  const std::string first = lines(created("zebra", 1));
  const std::string second = lines(created("ant", 2));
  const std::string third = lines(created("mole", 2));  // in the same millisecond: by id
  const std::string gone = lines(created("cat", 0).by(ada, ChannelArchived{}));
  const std::string parts[] = {first, second, third, gone};
  std::size_t order[] = {0, 1, 2, 3};
  std::string seen;
  do {
    Viewed view("allchannels");
    for (const std::size_t part : order) view.hears(parts[part]);
    CHECK(ids_in(view.data()) == "zebra ant mole ");
    CHECK((seen.empty() || seen == view.bytes()));
    seen = view.bytes();
  } while (std::next_permutation(std::begin(order), std::end(order)));
}

// ---- allusers

TEST_CASE("the list of people says what each is called, by id, and nothing else of them", "[chat][views][allusers]") {
  using user::User;
  const User bobby = User("bob").by(bob, user::UserRegistered{"Bob", "bob@example.org"});
  Viewed view("allusers", bobby.by(bob, user::UserRenamed{"Bobby"}));
  CHECK(view.data() == R"({"bob":{"name":"Bobby"}})");
  view.hears(lines(user::ada_registered));
  CHECK(view.data() == R"({"ada":{"name":"Ada"},"bob":{"name":"Bobby"}})");
  CHECK(view.stored().checkpoint() == R"({"user-ada":1,"user-bob":2})");
}

// ---- channel

TEST_CASE("the overview of a channel says what it is and who is in it", "[chat][views][channel]") {
  CHECK(Viewed("channel/general", bob_said_hi).data() ==
        R"({"id":"general","name":"general","description":"Everything","owner":"ada","archived":false,)"
        R"("members":["ada","bob"],"messages":1,"pages":1})");
  const Channel changed = archived.by(ada, UserLeftChannel{ada});
  CHECK(Viewed("channel/general", changed).data() ==
        R"({"id":"general","name":"general","description":"Everything","owner":"ada","archived":true,)"
        R"("members":["bob"],"messages":1,"pages":1})");
  const Channel renamed = bob_said_hi.by(ada, ChannelRenamed{"lobby"}).by(ada, ChannelDescribed{""});
  CHECK(Viewed("channel/general", renamed).data() ==
        R"({"id":"general","name":"lobby","description":"","owner":"ada","archived":false,)"
        R"("members":["ada","bob"],"messages":1,"pages":1})");
}

TEST_CASE("members stand in order of joining; who comes back stands last", "[chat][views][channel]") {
  const Channel cleo_too = general_with_bob.by(cleo, UserJoinedChannel{cleo});
  const auto members = [](Viewed& view) {
    const std::string data = view.data();
    const std::size_t from = data.find("\"members\":") + 10;
    return data.substr(from, data.find(']') + 1 - from);
  };
  Viewed view("channel/general", cleo_too);
  CHECK(members(view) == R"(["ada","bob","cleo"])");
  const Channel back = cleo_too.by(bob, UserLeftChannel{bob}).by(bob, UserJoinedChannel{bob});
  view.stored().hears(lines(back, 4));
  CHECK(members(view) == R"(["ada","cleo","bob"])");
  view.stored().hears(lines(back.by(bob, UserJoinedChannel{bob}), 6));
  CHECK(members(view) == R"(["ada","cleo","bob"])");
}

}  // namespace crowbar::chat
