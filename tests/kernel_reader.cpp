// The strict reader on texts: UTF-8, escapes, and what is no character.
#include "asked_reader.hpp"

using namespace std::string_literals;
using crowbar::check_json;
using crowbar::Fault;
using crowbar::FaultCode;
using crowbar::tests::between;
using crowbar::tests::refuses;

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
  for (const char* bytes : {"\x80",
                            "\xBF",
                            "\xC0\x80",
                            "\xC1\xBF",
                            "\xC2",
                            "\xC2\x20",
                            "\xC2\xC2",
                            "\xE0\x80\x80",
                            "\xE0\x9F\xBF",
                            "\xE2\x82",
                            "\xE2\x28\xA1",
                            "\xE2\x82\x28",
                            "\xF0\x80\x80\x80",
                            "\xF0\x8F\xBF\xBF",
                            "\xF0\x9F\x98",
                            "\xF0\x9F\x98\x28",
                            "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80",
                            "\xF8\x88\x80\x80\x80",
                            "\xFE",
                            "\xFF"}) {
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
  for (const char* escaped :
       {R"(\ud800)", R"(\uDBFF)", R"(\udc00)", R"(\uDFFF)", R"(\ud83dx)", R"(\ud83d\n)", R"(\ud83d\\)",
        R"(\ud83d\u0041)", R"(\ud83d\ud83d)", R"(\ude00\ud83d)", R"(\ud83d\uD83D\uDE00)"}) {
    refuses("\""s + escaped + "\"", FaultCode::lone_surrogate, 1);
    refuses("[\"ab"s + escaped + "\"]", FaultCode::lone_surrogate, 4, "/0");
  }
  refuses("\"\xED\x9F\"", FaultCode::invalid_utf8, 1);
}

TEST_CASE("a noncharacter is refused, raw or escaped", "[reader]") {
  for (const char* raw :
       {"\uFDD0", "\uFDEF", "\uFFFE", "\uFFFF", "\U0001FFFE", "\U0001FFFF", "\U0010FFFE", "\U0010FFFF"}) {
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
  for (const char* escape :
       {R"(\a)", R"(\v)", R"(\0)", R"(\')", R"(\x41)", R"(\U0041)", R"(\ )", "\\\n", "\\\xC3\xA9", R"(\u)", R"(\u0)",
        R"(\u00)", R"(\u004)", R"(\u004g)", R"(\u+041)", R"(\u 041)", R"(\u-041)"}) {
    refuses("\""s + escape + "\"", FaultCode::invalid_escape, 1);
  }
  refuses(R"("\ud83d\u")", FaultCode::invalid_escape, 7);
  refuses(R"("\ud83d\uzzzz")", FaultCode::invalid_escape, 7);
}

TEST_CASE("a fault in a text is found at every place in a block of bytes", "[reader]") {
  struct Special {
    std::string bytes;
    FaultCode code;
  };
  for (const Special& special :
       {Special{"\0"s, FaultCode::nul_byte}, Special{"\x1F", FaultCode::control_character},
        Special{"\x80", FaultCode::invalid_utf8}, Special{"\xED\xA0\x80", FaultCode::lone_surrogate},
        Special{"\xEF\xBF\xBF", FaultCode::noncharacter}, Special{"\\q", FaultCode::invalid_escape}}) {
    for (int before = 0; before < 50; ++before) {
      for (const char* lead : {"", "\u00E9", "\\n"}) {
        const std::string text = between("\"", lead, std::string(static_cast<std::size_t>(before), 'a'));
        refuses(text + special.bytes + std::string(20, 'a') + "\"", special.code,
                static_cast<std::int64_t>(text.size()));
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
