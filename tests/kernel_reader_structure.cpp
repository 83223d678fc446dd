// The strict reader on values and how they nest: what is JSON for two parsers in two ways is JSON for neither.
#include "asked_reader.hpp"

using namespace std::string_literals;
using crowbar::check_json;
using crowbar::Fault;
using crowbar::FaultCode;
using crowbar::tests::accepts;
using crowbar::tests::between;
using crowbar::tests::nested;
using crowbar::tests::object_of;
using crowbar::tests::refuses;
using crowbar::tests::repeated;

TEST_CASE("every kind of value is read", "[reader]") {
  for (const char* input : {"null",
                            "true",
                            "false",
                            "0",
                            "-1",
                            "12",
                            "\"\"",
                            "\"a\"",
                            "[]",
                            "{}",
                            "[ ]",
                            "{ }",
                            " \t\r\n1 \t\r\n",
                            "[1,\"a\",null,true,{\"a\":[]}]",
                            "{\"a\":{\"b\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":2}]}",
                            R"("\"\\\/\b\f\n\r\t")",
                            R"("\u0041\u00e9\uD83D\uDE00\u0000")",
                            "\"\x7F\"",
                            "\"/\"",
                            "{\"\":0}",
                            "\"\uFEFF\"",
                            "\"\uFDCF\uFDF0\uFFFD\U0001FFFD\U0010FFFD\"",
                            R"("\ufdcf\ufdf0\ufffd\uD83F\uDFFD")"}) {
    accepts(input);
  }
}

TEST_CASE("nothing is no value", "[reader]") {
  refuses("", FaultCode::empty_input, 0);
  refuses(" \n\r\t ", FaultCode::empty_input, 5);
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
  for (const char* word :
       {"True", "NULL", "nil", "truth", "nulL", "fals3", "Infinity", "NaN", "undefined", "'a'", "+1", ".5"}) {
    refuses(word, FaultCode::unexpected_character, 0);
  }
}

TEST_CASE("what ends too early is refused at its end", "[reader]") {
  for (const char* input : {"[",   "{",    "[1",   "[1,",   "{\"a\"",  "{\"a\":",   "{\"a\":1", "{\"a\":1,",
                            "\"",  "\"a",  "\"\\", "\"\\u", "\"\\u00", "\"\\n",     "\"\\\"",   "t",
                            "tru", "fals", "nul",  "n",     "[[]",     "{\"a\":{}", "{\"a",     "[\"a"}) {
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
