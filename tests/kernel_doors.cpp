// What is asked of the shape of a command, of a context and of a stored event, and how a fault is told.
#include <algorithm>

#include "chat.hpp"
#include "wire.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::Chat;
using tests::code_of;
using tests::command;
using tests::command_id;
using tests::context;
using tests::lines;
using tests::number_at;
using tests::text_at;

// The verdict on a command in the channel general, in which ada and bob are and bob said hi as m1.
std::string verdict(const std::string& command, const std::string& context = tests::context(bob)) {
  Chat core;
  const Handle general = core.open("channel", "channel-general");
  REQUIRE(core.fold(general, lines(bob_said_hi)));
  REQUIRE(core.decide(general, command, context));
  std::string verdict(core.out());
  CHECK(core.check(verdict));
  CHECK(core.version(general) == 3);
  return verdict;
}
void malformed(const std::string& command, std::string_view code, std::string_view pointer) {
  INFO(command);
  const std::string said = verdict(command);
  CHECK(code_of(said) == code);
  CHECK(text_at(said, "pointer") == pointer);
}
const std::string hello = command(SendMessage{{"m2"}, "hello", {}});

std::string envelope(const std::string& members) { return concat("{", members, "}"); }
std::string sends(const std::string& data) { return command("send_message", data); }
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// Every order of the members of one object.
std::vector<std::string> orders(std::vector<std::string> members) {
  std::sort(members.begin(), members.end());
  std::vector<std::string> orders;
  do {
    std::string order;
    for (const std::string& member : members) order += concat(order.empty() ? "" : ",", member);
    orders.push_back(envelope(order));
  } while (std::next_permutation(members.begin(), members.end()));
  return orders;
}

}  // namespace

// ---- commands

TEST_CASE("the keys of a command come in any order", "[doors]") {
  const std::string canonical = verdict(command(SendMessage{{"m2"}, "hello", MessageId{"m1"}}));
  CHECK(canonical.starts_with("{\"accepted\":true"));
  for (const std::string& data : orders({R"("messageId":"m2")", R"("text":"hello")", R"("replyTo":"m1")"})) {
    CHECK(verdict(sends(data)) == canonical);
    for (const std::string& whole :
         orders({concat(R"("id":")", command_id, "\""), R"("stream":"channel-general")", R"("type":"send_message")",
                 R"("expectedVersion":3)", concat(R"("data":)", data)})) {
      CHECK(verdict(whole) == canonical);
    }
  }
}

TEST_CASE("spaces and escapes in a command change nothing", "[doors]") {
  const std::string canonical = verdict(hello);
  CHECK(verdict(concat(" \n", hello, "\t\r\n")) == canonical);
  CHECK(verdict(replaced(hello, ",", " ,\n ")) == canonical);
  CHECK(verdict(replaced(hello, ":\"send", " : \"send")) == canonical);
  CHECK(verdict(replaced(hello, "\"data\"", R"("d\u0061ta")")) == canonical);
  CHECK(verdict(replaced(hello, "send_message", R"(send\u005fmessage)")) == canonical);
  CHECK(verdict(replaced(hello, "hello", R"(h\u0065llo)")) == canonical);
  CHECK(verdict(replaced(hello, "channel-general", R"(channel\u002Dgeneral)")) == canonical);
  CHECK(verdict(replaced(hello, "\"m2\"", R"("\u006d2")")) == canonical);
}

TEST_CASE("a key that a command does not know is refused, whatever its name", "[doors]") {
  for (const char* key : {"extra", "at", "actor", "version", "schema", "__proto__", "constructor", "toString",
                          "prototype", "hasOwnProperty", "", "Id", "ID", "id ", "\u0456d", "data2"}) {
    const std::string member = concat("\"", key, "\":0");
    malformed(replaced(hello, "\"data\":", member + ",\"data\":"), "unknown_key", concat("/", key));
    malformed(replaced(hello, "\"text\":", member + ",\"text\":"), "unknown_key", concat("/data/", key));
  }
  malformed(replaced(hello, "\"data\":", "\"a/b~c\":0,\"data\":"), "unknown_key", "/a~1b~0c");
  malformed(command("join_channel", R"({"userId":"cleo"})"), "unknown_key", "/data/userId");
}

TEST_CASE("a key that a command needs is missed", "[doors]") {
  malformed("{}", "missing_key", "/id");
  for (const char* key : {"id", "stream", "type"}) {
    const std::size_t at = hello.find(concat("\"", key, "\":"));
    malformed(std::string(hello).erase(at, hello.find(',', at) + 1 - at), "missing_key", concat("/", key));
  }
  malformed(hello.substr(0, hello.find(",\"data\"")) + "}", "missing_key", "/data");
  malformed(sends(R"({"text":"x"})"), "missing_key", "/data/messageId");
  malformed(sends(R"({"messageId":"m2"})"), "missing_key", "/data/text");
  malformed(command("create_channel", R"({"name":"x"})"), "missing_key", "/data/description");
}

TEST_CASE("a key that stands twice in a command is refused, however it is written", "[doors]") {
  malformed(replaced(hello, "\"type\":", R"("id":"x","type":)"), "duplicate_key", "/id");
  malformed(replaced(hello, "\"type\":", R"("\u0069d":"x","type":)"), "duplicate_key", "/id");
  malformed(sends(R"({"messageId":"m2","text":"x","text":"x"})"), "duplicate_key", "/data/text");
  malformed(sends(R"({"messageId":"m2","text":"x","te\u0078t":"x"})"), "duplicate_key", "/data/text");
  malformed(replaced(hello, "\"data\":", R"("data":{},"data":)"), "duplicate_key", "/data");
}

TEST_CASE("a value of another type is refused", "[doors]") {
  for (const char* other : {"null", "true", "0", "[]", "{}", "[\"m2\"]"}) {
    const std::string value(other);
    malformed(sends(concat(R"({"messageId":)", value, R"(,"text":"x"})")), "wrong_type", "/data/messageId");
    malformed(sends(concat(R"({"messageId":"m2","text":)", value, "}")), "wrong_type", "/data/text");
    malformed(sends(concat(R"({"messageId":"m2","text":"x","replyTo":)", value, "}")), "wrong_type", "/data/replyTo");
    malformed(replaced(hello, "\"send_message\"", value), "wrong_type", "/type");
  }
  for (const char* other : {"null", "true", "0", "[]", "\"{}\""}) {
    malformed(sends(other), "wrong_type", "/data");
    CHECK(code_of(verdict(other)) == "wrong_type");
  }
  for (const char* other : {"null", "true", "\"3\"", "[3]"}) {
    malformed(command("join_channel", "{}").insert(1, concat(R"("expectedVersion":)", other, ",")), "wrong_type",
              "/expectedVersion");
  }
  malformed(command("join_channel", "{}").insert(1, R"("expectedVersion":3.0,)"), "not_an_integer", "/expectedVersion");
}

TEST_CASE("an expected version is a count", "[doors]") {
  const auto expecting = [](const std::string& version) {
    return command("join_channel", "{}").insert(1, concat(R"("expectedVersion":)", version, ","));
  };
  CHECK(code_of(verdict(expecting("3"))).empty());
  malformed(expecting("-1"), "value_out_of_range", "/expectedVersion");
  malformed(expecting("9007199254740992"), "integer_out_of_range", "/expectedVersion");
  malformed(expecting(std::string(400, '1')), "integer_out_of_range", "/expectedVersion");
  for (const char* version : {"0", "2", "4", "9007199254740991"}) {
    const std::string said = verdict(expecting(version));
    CHECK(code_of(said) == "version_conflict");
    CHECK(number_at(said, "expected") == std::atoll(version));
    CHECK(number_at(said, "actual") == 3);
    CHECK(text_at(said, "name") == "channel-general");
  }
}

TEST_CASE("an id is 1 to 128 of A-Z, a-z, 0-9 and . _ : @ ~ -, and begins with none of the marks but _", "[doors]") {
  const auto deletes = [](std::string_view id) {
    return command("delete_message", concat(R"({"messageId":")", id, "\"}"));
  };
  for (const std::string& id :
       {std::string("a"), std::string("Z"), std::string("0"), std::string("_"), std::string("__proto__"),
        std::string("a._:@~-"), std::string("constructor"), std::string(128, 'x')}) {
    CHECK(code_of(verdict(deletes(id))) == "message_not_found");
  }
  for (const std::string& id :
       {std::string(""), std::string("-a"), std::string(".a"), std::string(":a"), std::string("@a"), std::string("~a"),
        std::string("a b"), std::string(" a"), std::string("a/b"), std::string("a+b"), std::string("a%b"),
        std::string("\u00E9"), std::string("a\u200B"), std::string(129, 'x'), std::string(127, 'x') + "\u00E9",
        std::string(16, 'a') + "$"}) {
    malformed(deletes(id), "id_invalid", "/data/messageId");
  }
  for (const char* id : {"", "x", "018df4c1-4800-7000-8000-00000000000", "018df4c1-4800-7000-8000-0000000000011",
                         "018DF4C1-4800-7000-8000-000000000001", "018df4c1x4800-7000-8000-000000000001",
                         "018df4c1-4800-7000-c000-000000000001", "018df4c1-4800-7000-7000-000000000001",
                         "018df4c148007000800000000000000001", "{18df4c1-4800-7000-8000-000000000001}"}) {
    malformed(replaced(hello, command_id, id), "id_invalid", "/id");
  }
  for (const char* id : {"00000000-0000-4000-8000-000000000000", "ffffffff-ffff-1fff-bfff-ffffffffffff",
                         "6ba7b810-9dad-11d1-a0b4-00c04fd430c8"}) {
    CHECK(text_at(verdict(replaced(hello, command_id, id)), "command") == id);
  }
}

TEST_CASE("a command is for this stream and of a type that it knows", "[doors]") {
  malformed(replaced(hello, "channel-general", "channel-random"), "foreign_stream", "/stream");
  malformed(replaced(hello, "channel-general", "user-general"), "foreign_stream", "/stream");
  for (const char* stream : {"", "general", "channel-", "-general", "channel-a b"}) {
    malformed(replaced(hello, "channel-general", stream), "stream_invalid", "/stream");
  }
  for (const char* type : {"", "Send_message", "message_sent", "register_user", "__proto__", "constructor"}) {
    malformed(replaced(hello, "send_message", type), "unknown_type", "/type");
  }
}

TEST_CASE("a key or an id that is long is named, cut between code points", "[doors]") {
  for (std::size_t size = 120; size < 132; ++size) {
    const std::string name = concat(std::string(size, 'a'), "\u00E9\U0001F600\u00E9");
    malformed(sends(concat(R"({"messageId":")", name, R"(","text":"x"})")), "id_invalid", "/data/messageId");
    CHECK(code_of(verdict(sends(concat("{\"", name, "\":1}")))) == "unknown_key");
    CHECK(code_of(verdict(replaced(hello, "send_message", name))) == "unknown_type");
    CHECK(code_of(verdict(replaced(hello, "channel-general", name))) == "stream_invalid");
    CHECK(code_of(verdict(hello, replaced(context(bob), "\"at\"", concat("\"", name, "\"")))) == "unknown_key");
  }
}

// ---- contexts

TEST_CASE("a context says when and who, and is read as strictly as a command", "[doors]") {
  const auto refuses = [](const std::string& context, std::string_view code, std::string_view pointer) {
    INFO(context);
    const std::string said = verdict(hello, context);
    CHECK(code_of(said) == code);
    CHECK(text_at(said, "pointer") == pointer);
  };
  refuses("", "empty_input", "/context");
  refuses("{}", "missing_key", "/context/at");
  refuses(R"({"at":1})", "missing_key", "/context/actor");
  refuses(R"({"at":1,"actor":{}})", "missing_key", "/context/actor/id");
  refuses(R"({"at":-1,"actor":{"id":"bob"}})", "value_out_of_range", "/context/at");
  refuses(R"({"at":1.5,"actor":{"id":"bob"}})", "not_an_integer", "/context/at");
  refuses(R"({"at":"1","actor":{"id":"bob"}})", "wrong_type", "/context/at");
  refuses(R"({"at":1,"actor":"bob"})", "wrong_type", "/context/actor");
  refuses(R"({"at":1,"actor":{"id":"-bob"}})", "id_invalid", "/context/actor/id");
  refuses(R"({"at":1,"actor":{"id":"bob","name":"Bob"}})", "unknown_key", "/context/actor/name");
  refuses(R"({"at":1,"actor":{"id":"bob","roles":["a",1]}})", "wrong_type", "/context/actor/roles/1");
  refuses(R"({"at":1,"actor":{"id":"bob"},"now":1})", "unknown_key", "/context/now");
  refuses(R"({"at":1,"at":1,"actor":{"id":"bob"}})", "duplicate_key", "/context/at");
  refuses(R"({"at":1,"actor":{"id":"bob"}} x)", "trailing_content", "/context");
  refuses(R"({"at":1,"actor":{"id":"bob"},"facts":3})", "wrong_type", "/context/facts");
  refuses(R"({"at":1,"actor":{"id":"bob"},"facts":{"claimed":["a",{}]}})", "wrong_type", "/context/facts/claimed/1");
}

TEST_CASE("the actor's roles are written into every event", "[doors]") {
  const std::string roles = R"({"actor":{"roles":["admin","\u0061"],"id":"bob"},"at":0,"facts":{"other":[1]}})";
  CHECK(verdict(hello, roles).find(R"("at":0,"actor":{"id":"bob","roles":["admin","a"]})") != std::string::npos);
  CHECK(verdict(hello, R"({"at":0,"actor":{"id":"bob"}})").find(R"("actor":{"id":"bob","roles":[]})") !=
        std::string::npos);
}

// ---- sizes

TEST_CASE("a command and a context have at most 65,536 bytes", "[doors]") {
  const auto padded = [](std::string text, std::size_t size) { return text.append(size - text.size(), ' '); };
  CHECK(code_of(verdict(padded(hello, 65'536))).empty());
  const std::string said = verdict(padded(hello, 65'537));
  CHECK(code_of(said) == "too_large");
  CHECK(number_at(said, "actual") == 65'537);
  CHECK(number_at(said, "limit") == 65'536);
  CHECK(code_of(verdict(hello, padded(context(bob), 65'536))).empty());
  CHECK(code_of(verdict(hello, padded(context(bob), 65'537))) == "too_large");
}

TEST_CASE("the longest text fits into a command even when every code point is written as two escapes", "[doors]") {
  const std::string text = repeated(R"(\ud83d\ude00)", 4'000);
  CHECK(code_of(verdict(sends(concat(R"({"messageId":"m2","text":")", text, "\"}")))).empty());
}

}  // namespace crowbar::chat
