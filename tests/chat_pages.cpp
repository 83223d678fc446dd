// All pages of a channel, open together: each of them is what the view of its key shows by itself.
#include "viewed.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::code_of;
using tests::lines;
using tests::number_at;
using tests::Viewed;

constexpr std::string_view thumb = "\U0001F44D";

std::string line(std::int64_t version, std::string_view type, const std::string& data, std::string_view actor = "ada") {
  return tests::Stored{"channel-general", version, type, data, 1, actor}.line() + '\n';
}
std::string sent(std::int64_t version, std::string_view message) {
  return line(version, "message_sent", concat(R"({"messageId":")", message, R"(","text":"x"})"));
}
std::string edited(std::int64_t version, std::string_view message) {
  return line(version, "message_edited", concat(R"({"messageId":")", message, R"(","text":"y"})"));
}
std::string reacted(std::int64_t version, std::string_view message) {
  return line(version, "reaction_added", concat(R"({"messageId":")", message, R"(","emoji":")", thumb, R"("})"), "bob");
}
// A channel with so many messages: "m1" is event 2, and so on.
std::string said(int messages) {
  std::string log = lines(general_created_by_ada);
  for (int n = 1; n <= messages; ++n) log += sent(n + 1, numbered("m", n));
  return log;
}
std::string page_key(int number) { return numbered("messages/general/", number); }
std::string alone(int page, const std::string& log) { return Viewed(page_key(page)).hears(log).bytes(); }

// All pages of general.
class Opened {
 public:
  explicit Opened(const std::string& stored = "", std::string_view key = "messages/general")
      : handle_(core_.pages(key, stored)) {
    INFO(core_.out());
    REQUIRE(handle_ != 0);
  }
  Opened& hears(const std::string& events) {
    const bool heard = core_.project(handle_, events);
    INFO(core_.out());
    CHECK(heard);
    return *this;
  }
  std::string refuses(const std::string& events) {
    CHECK_FALSE(core_.project(handle_, events));
    return std::string(core_.out());
  }
  Opened& goes_on_after(std::int64_t version) {
    CHECK(core_.begin_after(handle_, "channel-general", version));
    return *this;
  }
  std::string touched() {
    REQUIRE(core_.touched(handle_));
    return std::string(core_.out());
  }
  std::string page(std::uint32_t number) {
    INFO(number);
    REQUIRE(core_.view_bytes(handle_, number));
    return std::string(core_.out());
  }
  std::string no_page(std::uint32_t number) {
    CHECK_FALSE(core_.view_bytes(handle_, number));
    return code_of(core_.out());
  }
  std::string checkpoint() {
    REQUIRE(core_.view_checkpoint(handle_));
    return std::string(core_.out());
  }

 private:
  tests::Chat core_;
  Handle handle_;
};

std::string refused(std::string_view key, const std::string& stored = "") {
  tests::Chat core;
  CHECK(core.pages(key, stored) == 0);
  return std::string(core.out());
}

}  // namespace

TEST_CASE("each of the pages that are open together is the view of its key", "[chat][views][pages]") {
  const std::string log = said(250) + edited(252, "m1") + reacted(253, "m150") + reacted(254, "m250") +
                          line(255, "message_deleted", R"({"messageId":"m100"})");
  Opened pages;
  pages.hears(log);
  CHECK(pages.touched() == "[1,2,3]");
  for (int page = 1; page <= 3; ++page) CHECK(pages.page(static_cast<std::uint32_t>(page)) == alone(page, log));
  CHECK(pages.checkpoint() == R"({"channel-general":255})");
  CHECK(pages.no_page(0) == "unknown_view");
  CHECK(pages.no_page(4) == "unknown_view");
}

TEST_CASE("what was touched is told once, in order of the pages", "[chat][views][pages]") {
  Opened pages;
  CHECK(pages.touched() == "[]");
  pages.hears(lines(general_created_by_ada));
  CHECK(pages.touched() == "[]");
  pages.hears(said(250));
  CHECK(pages.touched() == "[1,2,3]");
  CHECK(pages.touched() == "[]");
  pages.hears(edited(252, "m201") + edited(253, "m1") + edited(254, "m202") + edited(255, "m101"));
  CHECK(pages.touched() == "[1,2,3]");
  pages.hears(edited(256, "m250") + edited(257, "m2"));
  CHECK(pages.touched() == "[1,3]");
  pages.hears(edited(257, "m101"));  // has been heard
  CHECK(pages.touched() == "[]");
}

TEST_CASE("what happens to a message that was never sent touches no page", "[chat][views][pages]") {
  Opened pages;
  pages.hears(lines(bob_said_hi));
  pages.touched();
  pages.hears(edited(4, "m9") + reacted(5, "m9") + line(6, "message_deleted", R"({"messageId":"m9"})"));
  CHECK(pages.touched() == "[]");
  CHECK(pages.page(1) == alone(1, lines(bob_said_hi) + edited(4, "m9") + reacted(5, "m9") +
                                      line(6, "message_deleted", R"({"messageId":"m9"})")));
}

TEST_CASE("a message that is sent again, which no rule allows, takes no second place", "[chat][views][pages]") {
  Opened pages;
  pages.hears(said(100));
  const std::string before = pages.page(1);
  pages.touched();
  pages.hears(sent(102, "m1") + sent(103, "m101"));
  CHECK(pages.touched() == "[2]");
  CHECK(number_at(pages.page(1), "channel-general") == 103);
  CHECK(pages.page(1).substr(0, 900) == before.substr(0, 900));
  CHECK(tests::text_at(pages.page(2), "messageId") == "m101");
}

TEST_CASE("pages refuse what a view refuses, and keep what stood before it", "[chat][views][pages]") {
  Opened pages;
  const std::string gap = pages.refuses(said(5) + sent(8, "m6"));
  CHECK(code_of(gap) == "version_gap");
  CHECK(number_at(gap, "expected") == 7);
  CHECK(number_at(gap, "line") == 7);
  CHECK(pages.page(1) == alone(1, said(5)));
  CHECK(code_of(pages.refuses(line(7, "channel_exploded", "{}"))) == "event_unknown");
  CHECK(code_of(pages.refuses(line(7, "message_sent", R"({"messageId":"m6"})"))) == "missing_key");
  CHECK(pages.page(1) == alone(1, said(5)));
  pages.hears(tests::Stored{"channel-random", 9, "message_sent", R"({"messageId":"r","text":"x"})"}.line());
  pages.hears(sent(7, "m6"));
  CHECK(pages.page(1) == alone(1, said(6)));
}

TEST_CASE("pages are opened by the channel, and nothing else opens them", "[chat][views][pages]") {
  CHECK(Opened("", "messages/channel-general").hears(said(1)).page(1) == alone(1, said(1)));
  for (const char* key : {"", "messages", "messages/", "messages/general/", "messages/general/1", "channel/general",
                          "allchannels", "messages/a b"}) {
    INFO(key);
    CHECK(code_of(refused(key)) == "unknown_view");
  }
}

TEST_CASE("pages go on from stored ones as if they had never been stored", "[chat][views][pages]") {
  const std::string log = said(250);
  const std::string rest = edited(252, "m1") + sent(253, "m251") + reacted(254, "m150") + edited(255, "m251");
  Opened whole;
  whole.hears(log);
  const std::string stored = whole.page(1) + '\n' + whole.page(2) + '\n' + whole.page(3) + '\n';
  Opened later(stored);
  CHECK(later.touched() == "[]");
  CHECK(later.checkpoint() == "{}");
  later.hears(log + rest);
  CHECK(later.touched() == "[1,2,3]");
  for (int page = 1; page <= 3; ++page) CHECK(later.page(static_cast<std::uint32_t>(page)) == alone(page, log + rest));
}

TEST_CASE("pages that were stored at different versions each go on after their own", "[chat][views][pages]") {
  // As after a crash: the second page was written with the batch, the first was not.
  const std::string batch = reacted(152, "m1") + sent(153, "m151") + reacted(154, "m101");
  const std::string before = said(150);
  Opened pages(alone(1, before) + '\n' + alone(2, before + batch));
  pages.goes_on_after(151);
  CHECK(number_at(pages.page(2), "channel-general") == 154);  // what it said when it was stored
  pages.hears(batch);
  CHECK(pages.touched() == "[1]");
  CHECK(pages.page(1) == alone(1, before + batch));
  CHECK(pages.page(2) == alone(2, before + batch));
}

TEST_CASE("pages go on after a version up to which all are known to have heard, and never back",
          "[chat][views][pages]") {
  const std::string log = said(150) + edited(152, "m1") + edited(153, "m2");
  Opened pages(alone(1, said(150) + edited(152, "m1")) + '\n' + alone(2, log));
  pages.goes_on_after(152).goes_on_after(3);
  CHECK(number_at(pages.refuses(edited(154, "m3")), "expected") == 153);
  pages.hears(edited(153, "m2") + edited(154, "m150"));
  CHECK(pages.touched() == "[1,2]");
}

TEST_CASE("the last pages are enough, until an earlier one is asked for by name", "[chat][views][pages]") {
  const std::string log = said(250);
  Opened pages(alone(2, log) + '\n' + alone(3, log));
  pages.goes_on_after(251);
  CHECK(pages.no_page(1) == "unknown_view");
  const std::string refusal = pages.refuses(sent(252, "m251") + edited(253, "m101") + edited(254, "m100"));
  CHECK(code_of(refusal) == "page_missing");
  CHECK(tests::text_at(refusal, "name") == "m100");
  CHECK(number_at(refusal, "limit") == 2);
  CHECK(number_at(refusal, "line") == 3);
  CHECK(pages.checkpoint() == R"({"channel-general":253})");
  const std::string heard = log + sent(252, "m251") + edited(253, "m101");
  CHECK(pages.page(2) == alone(2, heard));
  CHECK(pages.page(3) == alone(3, heard));
}

TEST_CASE("a page that a crash has kept from being stored is made again", "[chat][views][pages]") {
  // The batch fills the first page and begins the second; the first was stored, the second was not.
  const std::string before = said(99);
  const std::string batch = sent(101, "m100") + sent(102, "m101") + reacted(103, "m1");
  Opened pages(alone(1, before + batch));
  pages.goes_on_after(100).hears(batch);
  CHECK(pages.touched() == "[2]");
  CHECK(pages.page(2) == alone(2, before + batch));
}

TEST_CASE("a page that may be before the first one is asked for, when a message begins there", "[chat][views][pages]") {
  // The batch begins the second page and the third; the third was stored, the second was not.
  const std::string before = said(99);
  std::string batch;
  for (int n = 100; n <= 201; ++n) batch += sent(n + 1, numbered("m", n));
  Opened pages(alone(3, before + batch));
  const std::string refusal = pages.goes_on_after(100).refuses(batch);
  CHECK(code_of(refusal) == "page_missing");
  CHECK(tests::text_at(refusal, "name") == "m100");
  CHECK(pages.touched() == "[]");
  Opened again(alone(1, before));
  again.goes_on_after(100).hears(batch);
  CHECK(again.touched() == "[1,2,3]");
  CHECK(again.page(3) == alone(3, before + batch));
}

TEST_CASE("after a last page that is full the next one begins", "[chat][views][pages]") {
  const std::string log = said(200);
  Opened pages(alone(2, log));
  pages.goes_on_after(201).hears(sent(202, "m201"));
  CHECK(pages.touched() == "[3]");
  CHECK(pages.page(3) == alone(3, log + sent(202, "m201")));
}

TEST_CASE("stored pages are refused where one is missing, not full, or another's", "[chat][views][pages]") {
  const std::string log = said(250);
  const auto code = [](const std::string& stored) { return code_of(refused("messages/general", stored)); };
  CHECK(code(alone(1, log) + '\n' + alone(3, log)) == "value_out_of_range");
  CHECK(code(alone(2, log) + '\n' + alone(1, log)) == "value_out_of_range");
  CHECK(code(alone(1, log) + '\n' + alone(1, log)) == "value_out_of_range");
  CHECK(code(alone(1, said(99)) + '\n' + alone(2, log)) == "value_out_of_range");
  CHECK(code(alone(3, said(50))) == "value_out_of_range");  // it has not begun: its checkpoint is empty
  CHECK(code(Viewed("messages/random/1").bytes()) == "unknown_view");
  CHECK(code(Viewed("channel/general").bytes()) == "unknown_view");
  CHECK(code("{}") == "missing_key");
  CHECK(code(alone(1, log) + '\n' + alone(2, log).substr(0, 500)) == "unexpected_end");
  const std::string page = alone(1, said(1));
  const std::string row = page.substr(9, page.find(R"(],"checkpoint")") - 9);
  CHECK(code(concat(page.substr(0, 9), row, ",", page.substr(9))) == "value_out_of_range");  // one message twice
  const std::string refusal = refused("messages/general", alone(1, log) + '\n' + alone(3, log));
  CHECK(number_at(refusal, "line") == 2);
  CHECK(number_at(refusal, "actual") == 3);
  CHECK(number_at(refusal, "limit") == 2);
}

TEST_CASE("a handle of pages and one of a view answer each what they have", "[chat][views][pages]") {
  tests::Chat core;
  const Handle pages = core.pages("messages/general", "");
  const Handle view = core.view("channel/general");
  REQUIRE(core.view_key(pages));
  CHECK(core.out() == "messages/general");
  CHECK_FALSE(core.view_bytes(pages));
  CHECK(code_of(core.out()) == "unknown_view");
  REQUIRE(core.touched(view));
  CHECK(core.out() == "[]");
  CHECK(core.close(pages));
  CHECK_FALSE(core.touched(pages));
  CHECK(code_of(core.out()) == "handle_closed");
}

}  // namespace crowbar::chat
