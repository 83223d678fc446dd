// The strict reader on texts: what is JSON for two parsers in two ways is JSON for neither.
#include "kernel/reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "kernel/writer.hpp"

using crowbar::check_json;
using crowbar::Fault;
using crowbar::FaultCode;
using namespace std::string_literals;

namespace {

// As a person can read it, whatever the bytes are.
std::string shown(std::string_view bytes) {
  std::string shown;
  for (const char c : bytes.substr(0, 200)) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      shown += c;
    } else {
      (((shown += "\\x") += digits[byte >> 4]) += digits[byte & 15]);
    }
  }
  return shown;
}

void accepts(const std::string& input) {
  INFO(shown(input));
  const Fault fault = check_json(input);
  CHECK(describe(fault.code).code == "none");
}

void refuses(const std::string& input, FaultCode code, std::int64_t offset, std::string_view pointer = "") {
  INFO(shown(input));
  const Fault fault = check_json(input);
  CHECK(describe(fault.code).code == describe(code).code);
  CHECK(fault.offset == offset);
  CHECK(fault.pointer == pointer);
}

std::string repeated(std::string_view text, int times) {
  std::string repeated;
  for (int n = 0; n < times; ++n) repeated += text;
  return repeated;
}
// What stands between `before` and `after`. (Not a sum: g++ 12 sees an overlap in `literal + temporary` that is none.)
std::string between(std::string_view before, std::string_view content, std::string_view after) {
  return std::string(before).append(content).append(after);
}
std::string nested(int levels) { return between(repeated("[", levels), "", repeated("]", levels)); }
std::string object_of(int members) {
  std::string object = "{";
  for (int n = 0; n < members; ++n) {
    if (n != 0) object += ',';
    object += '"';
    object += std::to_string(n);
    object += "\":0";
  }
  return object + '}';
}

}  // namespace

TEST_CASE("every kind of value is read", "[reader]") {
  for (const char* input :
       {"null", "true", "false", "0", "-1", "12", "\"\"", "\"a\"", "[]", "{}", "[ ]", "{ }", " \t\r\n1 \t\r\n",
        "[1,\"a\",null,true,{\"a\":[]}]", "{\"a\":{\"b\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":2}]}",
        R"("\"\\\/\b\f\n\r\t")", R"("\u0041\u00e9\uD83D\uDE00\u0000")", "\"\x7F\"", "\"/\"", "{\"\":0}",
        "\"\uFEFF\"", "\"\uFDCF\uFDF0\uFFFD\U0001FFFD\U0010FFFD\"", R"("\ufdcf\ufdf0\ufffd\uD83F\uDFFD")"}) {
    accepts(input);
  }
}

TEST_CASE("nothing is no value", "[reader]") {
  refuses("", FaultCode::empty_input, 0);
  refuses(" \n\r\t ", FaultCode::empty_input, 5);
}

TEST_CASE("a byte order mark is refused at the beginning and nowhere else", "[reader]") {
  refuses("\xEF\xBB\xBF{}", FaultCode::byte_order_mark, 0);
  refuses("\xEF\xBB\xBF", FaultCode::byte_order_mark, 0);
  refuses(" \xEF\xBB\xBF{}", FaultCode::unexpected_character, 1);
  refuses("{}\xEF\xBB\xBF", FaultCode::trailing_content, 2);
  refuses("\xEF\xBB", FaultCode::unexpected_character, 0);
  refuses("\xFF\xFE[\0]\0"s, FaultCode::unexpected_character, 0);
}

TEST_CASE("a NUL byte ends nothing", "[reader]") {
  refuses("\0"s, FaultCode::nul_byte, 0);
  refuses("1\0"s, FaultCode::nul_byte, 1);
  refuses("{}\0"s, FaultCode::nul_byte, 2);
  refuses("{}\0{}"s, FaultCode::nul_byte, 2);
  refuses("[\0]"s, FaultCode::nul_byte, 1, "/0");
  refuses("[1\0]"s, FaultCode::nul_byte, 2);
  refuses("[1,\0]"s, FaultCode::nul_byte, 3, "/1");
  refuses("{\0}"s, FaultCode::nul_byte, 1);
  refuses("{\"a\":\0}"s, FaultCode::nul_byte, 5, "/a");
  refuses("{\"a\":1\0}"s, FaultCode::nul_byte, 6);
  refuses("{\"a\":1,\0}"s, FaultCode::nul_byte, 7);
  refuses("\"a\0\""s, FaultCode::nul_byte, 2);
  CHECK(check_json("{\"a\"\0:1}"s));
  CHECK(check_json("tru\0"s));
  CHECK(check_json("\"\\\0\""s));
  CHECK(check_json("\"\\u00\0\""s));
}

TEST_CASE("UTF-8 is well-formed", "[reader]") {
  for (const char* bytes :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x20", "\xC2\xC2", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82",
        "\xE2\x28\xA1", "\xE2\x82\x28", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF0\x9F\x98\x28",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"}) {
    refuses("\""s + bytes + "\"", FaultCode::invalid_utf8, 1);
    refuses("{\"a\":\"b"s + bytes + "\"}", FaultCode::invalid_utf8, 7, "/a");
    refuses("\"\\n"s + bytes + "\"", FaultCode::invalid_utf8, 3);
  }
  refuses("\"\xE2\x82", FaultCode::invalid_utf8, 1);
  refuses("\xC3\xA9", FaultCode::unexpected_character, 0);
}

TEST_CASE("half a surrogate pair is no character, raw or escaped", "[reader]") {
  refuses("\"\xED\xA0\x80\"", FaultCode::lone_surrogate, 1);
  refuses("\"a\xED\xBF\xBF\"", FaultCode::lone_surrogate, 2);
  refuses("\"\xED\xA0\xBD\xED\xB8\x80\"", FaultCode::lone_surrogate, 1);
  for (const char* escaped : {R"(\ud800)", R"(\uDBFF)", R"(\udc00)", R"(\uDFFF)", R"(\ud83dx)", R"(\ud83d\n)", R"(\ud83d\\)",
                              R"(\ud83d\u0041)", R"(\ud83d\ud83d)", R"(\ude00\ud83d)", R"(\ud83d\uD83D\uDE00)"}) {
    refuses("\""s + escaped + "\"", FaultCode::lone_surrogate, 1);
    refuses("[\"ab"s + escaped + "\"]", FaultCode::lone_surrogate, 4, "/0");
  }
  refuses("\"\xED\x9F\"", FaultCode::invalid_utf8, 1);
}

TEST_CASE("a noncharacter is refused, raw or escaped", "[reader]") {
  for (const char* raw : {"\uFDD0", "\uFDEF", "\uFFFE", "\uFFFF", "\U0001FFFE", "\U0001FFFF", "\U0010FFFE", "\U0010FFFF"}) {
    refuses("\""s + raw + "\"", FaultCode::noncharacter, 1);
  }
  for (const char* escaped :
       {R"(\ufdd0)", R"(\uFDEF)", R"(\ufffe)", R"(\uFFFF)", R"(\uD83F\uDFFE)", R"(\uDBFF\uDFFF)"}) {
    refuses("\"a"s + escaped + "\"", FaultCode::noncharacter, 2);
  }
}

TEST_CASE("a control character stands only as an escape", "[reader]") {
  for (char c = 1; c < 0x20; ++c) {
    refuses("\""s + c + "\"", FaultCode::control_character, 1);
    refuses("{\"a"s + c + "\":1}", FaultCode::control_character, 3);
  }
  for (const char c : {'\v', '\f', '\x01', '\x1F'}) refuses("["s + c + "]", FaultCode::unexpected_character, 1, "/0");
}

TEST_CASE("only JSON's escapes are known", "[reader]") {
  for (const char* escape : {R"(\a)", R"(\v)", R"(\0)", R"(\')", R"(\x41)", R"(\U0041)", R"(\ )", "\\\n", "\\\xC3\xA9",
                             R"(\u)", R"(\u0)", R"(\u00)", R"(\u004)", R"(\u004g)", R"(\u+041)", R"(\u 041)", R"(\u-041)"}) {
    refuses("\""s + escape + "\"", FaultCode::invalid_escape, 1);
  }
  refuses(R"("\ud83d\u")", FaultCode::invalid_escape, 7);
  refuses(R"("\ud83d\uzzzz")", FaultCode::invalid_escape, 7);
}

TEST_CASE("what cannot stand there is refused where it stands", "[reader]") {
  refuses("}", FaultCode::unexpected_character, 0);
  refuses("]", FaultCode::unexpected_character, 0);
  refuses(",", FaultCode::unexpected_character, 0);
  refuses("[,1]", FaultCode::unexpected_character, 1, "/0");
  refuses("[1,]", FaultCode::unexpected_character, 3, "/1");
  refuses("[1 2]", FaultCode::unexpected_character, 3);
  refuses("[1}", FaultCode::unexpected_character, 2);
  refuses("{1:1}", FaultCode::unexpected_character, 1);
  refuses("{a:1}", FaultCode::unexpected_character, 1);
  refuses("{'a':1}", FaultCode::unexpected_character, 1);
  refuses("{,}", FaultCode::unexpected_character, 1);
  refuses("{\"a\":1,}", FaultCode::unexpected_character, 7);
  refuses("{\"a\" 1}", FaultCode::unexpected_character, 5);
  refuses("{\"a\",1}", FaultCode::unexpected_character, 4);
  refuses("{\"a\":}", FaultCode::unexpected_character, 5, "/a");
  refuses("{\"a\":1 \"b\":2}", FaultCode::unexpected_character, 7);
  refuses("{\"a\":[{\"b\":x}]}", FaultCode::unexpected_character, 11, "/a/0/b");
  refuses("/* */1", FaultCode::unexpected_character, 0);
  for (const char* word : {"True", "NULL", "nil", "truth", "nulL", "fals3", "Infinity", "NaN", "undefined", "'a'", "+1", ".5"}) {
    refuses(word, FaultCode::unexpected_character, 0);
  }
}

TEST_CASE("what ends too early is refused at its end", "[reader]") {
  for (const char* input : {"[", "{", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"", "\"a", "\"\\", "\"\\u",
                            "\"\\u00", "\"\\n", "\"\\\"", "t", "tru", "fals", "nul", "n", "[[]", "{\"a\":{}", "{\"a", "[\"a"}) {
    INFO(input);
    const Fault fault = check_json(input);
    CHECK(describe(fault.code).code == "unexpected_end");
    CHECK(fault.offset == static_cast<std::int64_t>(std::string_view(input).size()));
  }
}

TEST_CASE("after the value there is nothing", "[reader]") {
  for (const char* more : {"x", "1", "{}", ",", "]", "\"", "null"}) {
    refuses("{} "s + more, FaultCode::trailing_content, 3);
    refuses("[]"s + more, FaultCode::trailing_content, 2);
  }
  refuses("nullnull", FaultCode::trailing_content, 4);
  refuses("1 2", FaultCode::trailing_content, 2);
}

TEST_CASE("a value nests 32 levels, and not one more", "[reader]") {
  accepts(nested(32));
  refuses(nested(33), FaultCode::too_deep, 32, repeated("/0", 32));
  CHECK(check_json(nested(33)).limit == 32);
  accepts(between(repeated("{\"a\":", 31), "{}", repeated("}", 31)));
  refuses(between(repeated("{\"a\":", 32), "{}", repeated("}", 32)), FaultCode::too_deep, 160, repeated("/a", 32));
  accepts(between(between("[", nested(31), ","), nested(31), "]"));
  accepts(between(repeated("{\"a\":[", 16), "1", repeated("]}", 16)));
  refuses(between(repeated("{\"a\":[", 16), "{", repeated("]}", 16)), FaultCode::too_deep, 96, repeated("/a/0", 16));
  refuses(repeated("[", 100'000), FaultCode::too_deep, 32, repeated("/0", 32));
}

TEST_CASE("no key stands twice in one object, however it is written", "[reader]") {
  refuses(R"({"a":1,"a":1})", FaultCode::duplicate_key, 7, "/a");
  refuses(R"({"a":1,"b":2,"\u0061":3})", FaultCode::duplicate_key, 13, "/a");
  refuses(R"({"\u00e9":1,"é":2})", FaultCode::duplicate_key, 12, "/é");
  refuses(R"({"":1,"":2})", FaultCode::duplicate_key, 6, "/");
  refuses(R"({"__proto__":1,"__proto__":2})", FaultCode::duplicate_key, 15, "/__proto__");
  refuses(R"([0,{"x":{"a/b~":1,"a\/b~":2}}])", FaultCode::duplicate_key, 18, "/1/x/a~1b~0");
  refuses(R"({"\u0000":1,"\u0000":2})", FaultCode::duplicate_key, 12, "/\0"s);
  CHECK(check_json(R"({"a":1,"a":1})").name == "a");
  accepts(R"({"a":1,"A":1,"a ":1,"":1,"\u0000":1,"\u0000a":1})");
  accepts(R"({"__proto__":1,"constructor":{"prototype":1},"toString":1,"hasOwnProperty":1})");
}

TEST_CASE("an object has at most 256 members", "[reader]") {
  accepts(object_of(256));
  const Fault fault = check_json(object_of(257));
  CHECK(describe(fault.code).code == "too_many_members");
  CHECK(fault.limit == 256);
  accepts(between(between("[", object_of(256), ","), object_of(256), "]"));
  accepts(between("[", repeated("0,", 100'000), "0]"));
}

TEST_CASE("a size beyond the limit is refused before anything is read", "[reader]") {
  CHECK_FALSE(check_json("\"12345678\"", 10));
  const Fault fault = check_json("\xEF\xBB\xBF\"345678\"", 9);
  CHECK(describe(fault.code).code == "too_large");
  CHECK(fault.limit == 9);
  CHECK(fault.actual == 11);
}

TEST_CASE("a fault in a text is found at every place in a block of bytes", "[reader]") {
  struct Special {
    std::string bytes;
    FaultCode code;
  };
  for (const Special& special : {Special{"\0"s, FaultCode::nul_byte}, Special{"\x1F", FaultCode::control_character},
                                 Special{"\x80", FaultCode::invalid_utf8}, Special{"\xED\xA0\x80", FaultCode::lone_surrogate},
                                 Special{"\xEF\xBF\xBF", FaultCode::noncharacter}, Special{"\\q", FaultCode::invalid_escape}}) {
    for (int before = 0; before < 50; ++before) {
      for (const char* lead : {"", "\u00E9", "\\n"}) {
        const std::string text = between("\"", lead, std::string(static_cast<std::size_t>(before), 'a'));
        refuses(text + special.bytes + std::string(20, 'a') + "\"", special.code, static_cast<std::int64_t>(text.size()));
      }
    }
  }
}

TEST_CASE("a text is unescaped once, and not touched where nothing is escaped", "[reader]") {
  const auto read = [](const std::string& input) {
    crowbar::Arena arena;
    Fault fault;
    crowbar::Reader reader(input, crowbar::Door::log, arena, fault);
    std::string_view text;
    CHECK(reader.string(text));
    return std::string(text);
  };
  CHECK(read(R"("a\u0062c")") == "abc");
  CHECK(read(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
  CHECK(read(R"("\u0000")") == "\0"s);
  CHECK(read(R"("\u007f\u0080\u07ff\u0800\uffef\ud800\udc00\uDBFF\uDFFD")") ==
        "\x7F\u0080\u07FF\u0800\uFFEF\U00010000\U0010FFFD");
  CHECK(read(R"("\\u0041")") == "\\u0041");
  CHECK(read("\"\xC3\xA9\xF0\x9F\x98\x80\"") == "\u00E9\U0001F600");
  for (int before = 0; before < 40; ++before) {
    const std::string run(static_cast<std::size_t>(before), 'a');
    CHECK(read(between("\"", run + "\\n" + run + "\u00E9" + run, "\"")) == run + "\n" + run + "\u00E9" + run);
  }
}
