// What differs between compilers, libraries, machines or runs, and so must not stand in the core. Each rule is tried on
// its own samples whenever it is used: a pattern that matches nothing looks just like code that is clean.
import { declaredMembers, namespaceVariables } from "./code.mjs";

const words = (...names) => new RegExp(`(?<![\\w.])(?:${names.join("|")})\\b`);
const calls = (...names) => new RegExp(`(?<![\\w.>])(?:std::|::)?(?:${names.join("|")})\\s*\\(`);
const headers = (...names) => new RegExp(`#include\\s*<(?:${names.join("|")})>`);
/** Lines of `code` (without comments and the inside of texts) that a pattern matches. */
const matching =
  (...patterns) =>
  (code) =>
    code.lines.flatMap((line, index) => (patterns.some((pattern) => pattern.test(line)) ? [index + 1] : []));

export const rules = [
  {
    name: "clock",
    why: "a moment is the server's to say: it comes in the context",
    find: matching(
      headers("chrono", "ctime", "time.h", "sys/time.h"),
      words("std::chrono", "__DATE__", "__TIME__"),
      calls("time", "clock", "gettimeofday", "localtime", "gmtime", "strftime"),
    ),
    bad: [
      "auto now = std::chrono::system_clock::now();",
      "#include <ctime>",
      "seed(time(nullptr));",
      "auto v = __DATE__;",
    ],
    fine: ["Instant time;", "recorded.time(3);", "// time(nullptr)", 'say("time(0)");', "stamp_time(x);"],
  },
  {
    name: "random",
    why: "ids and choices are made by clients and servers; libraries differ in every distribution",
    find: matching(
      headers("random"),
      /\bstd::\w*(?:random|shuffle|sample|mt19937)\w*/,
      /_distribution\b/,
      calls("rand", "srand", "rand_r", "arc4random", "getrandom", "drand48"),
    ),
    bad: ["#include <random>", "std::shuffle(a, b, g);", "int x = rand();", "std::uniform_int_distribution<int> d;"],
    fine: ["operand(x);", "bool is_random;"],
  },
  {
    name: "locale",
    why: "what a letter is, is said by our own tables, not by the machine that we run on",
    find: matching(
      headers("locale", "clocale", "locale.h", "cctype", "ctype.h", "cwctype", "regex"),
      /\bstd::(?:locale|regex)\b/,
      calls(
        "is(?:alpha|alnum|digit|xdigit|space|upper|lower|punct|print|cntrl|blank)",
        "to(?:upper|lower)",
        "setlocale",
        "strcoll",
        "strxfrm",
      ),
    ),
    bad: ["#include <cctype>", "if (std::isdigit(c)) return;", "c = tolower(c);"],
    fine: ["is_digit(c)", "unicode::is_space(c)"],
  },
  {
    name: "float",
    why: "numbers on the wire are integers; floats are written and rounded in many ways",
    find: matching(
      words("float", "double"),
      headers("cmath", "math.h", "cfloat"),
      /(?<![\w.])\d+\.\d*(?:e[+-]?\d+)?[fl]?(?![\w.])/i,
      calls("strto[dfl]d?", "stod", "stof", "atof"),
    ),
    bad: ["double x;", "float y = 1;", "auto half = 0.5;", "x = strtod(a, b);", "#include <cmath>"],
    fine: ["doubled(x);", "int x = 5;", "a.b", "f(1, 2)"],
  },
  {
    name: "input-output",
    why: "a pure function neither reads nor writes nor logs",
    find: matching(
      headers(
        "iostream",
        "ostream",
        "istream",
        "fstream",
        "sstream",
        "iomanip",
        "cstdio",
        "stdio.h",
        "filesystem",
        "print",
        "syslog.h",
        "unistd.h",
        "emscripten.*",
      ),
      /\bstd::(?:cout|cerr|clog|cin|ofstream|ifstream|\w*stringstream|print)\b/,
      calls("v?[fs]?n?printf", "puts", "fputs", "fopen", "fwrite", "fread", "getenv", "system"),
    ),
    bad: ["#include <cstdio>", 'std::printf("x");', "std::cout << x;", 'auto p = getenv("HOME");'],
    fine: ["blueprintf_(x)", "out.puts_all;"],
  },
  {
    name: "unordered",
    why: "the order of an unordered container is its library's own, and a seed's",
    find: matching(/\bunordered_(?:flat_)?(?:multi)?(?:map|set)\b/),
    bad: ["std::unordered_map<int, int> m;", "#include <unordered_set>"],
    fine: ["std::map<int, int> m;"],
  },
  {
    name: "hash",
    why: "std::hash differs between libraries, and between 32 and 64 bits",
    find: matching(/\bstd::(?:hash|_Hash_bytes)\b/),
    bad: ["std::hash<std::string_view>{}(text)"],
    fine: ["hash(text)", "my::hash<int>"],
  },
  {
    name: "unstable-sort",
    why: "what compares equal comes in another order in another library; std::stable_sort, or keys that never tie",
    find: matching(
      /\b(?:std::(?:ranges::)?)(?:sort|partial_sort|nth_element|partition|sort_heap|make_heap)\b/,
      calls("qsort"),
    ),
    bad: ["std::sort(a.begin(), a.end());", "std::ranges::sort(a);", "std::nth_element(a, b, c);"],
    fine: ["std::stable_sort(a, b);", "std::is_sorted(a, b)", "bool sort;"],
  },
  {
    name: "exception",
    why: "an outcome is a value; the module is built without exceptions, so a throw would be an abort",
    find: matching(words("throw", "try", "catch"), headers("stdexcept", "exception")),
    bad: ["throw 1;", "try {", "} catch (...) {", "#include <stdexcept>"],
    fine: ["try_one(x);", "// try again", "retry;"],
  },
  {
    name: "run-time-type",
    why: "names and hashes of types are the compiler's own",
    find: matching(
      words("typeid", "dynamic_cast", "std::type_index", "std::any"),
      headers("typeinfo", "typeindex", "any"),
    ),
    bad: ["typeid(x).name()", "dynamic_cast<A*>(b)"],
    fine: ["std::type_identity<A>{}"],
  },
  {
    name: "place",
    why: "where a file stood when it was compiled would be in the module, and in its hash",
    find: matching(
      words(
        "__FILE__",
        "__LINE__",
        "__func__",
        "__FUNCTION__",
        "__PRETTY_FUNCTION__",
        "std::source_location",
        "assert",
      ),
      headers("cassert", "assert.h", "source_location"),
    ),
    bad: ["log(__FILE__);", "assert(x > 0);", "#include <cassert>"],
    fine: ["static_assert(x > 0);"],
  },
  {
    name: "thread",
    why: "who comes first would be chance",
    find: matching(
      headers("thread", "mutex", "atomic", "future", "shared_mutex", "condition_variable"),
      words("thread_local", "volatile"),
      /\bstd::(?:thread|jthread|mutex|atomic\w*|async)\b/,
    ),
    bad: ["thread_local int x;", "std::atomic<int> n;", "#include <mutex>"],
    fine: ["read_thread(x)"],
  },
  {
    name: "address",
    why: "where something lies in memory is another in every run: it must neither order nor identify",
    find: matching(/\bu?intptr_t\b/, /\bstd::(?:map|set|less|owner_less)<[^,>]*\*/),
    bad: ["auto key = reinterpret_cast<std::uintptr_t>(p);", "std::map<Node*, int> m;"],
    fine: ["std::map<int, Node*> m;", "Node* p;"],
  },
  {
    name: "width",
    why: "long is 32 bits in the module and 64 natively",
    find: matching(
      words("long", "wchar_t", "time_t", "off_t", "ssize_t", "std::bitset"),
      /\d[uU]?[lL]{1,2}[uU]?(?!\w)/,
    ),
    bad: ["long n = 0;", "unsigned long x;", "auto n = 5L;", "1UL << 40", "wchar_t c;"],
    fine: ["std::int64_t n;", "longest_name", "std::uint64_t{1}"],
  },
  {
    name: "size",
    why: "std::size_t has 32 bits in the module and 64 natively: in what is written, saved or hashed it would show",
    find: (code) => declaredMembers(code, /\b(?:size_t|ptrdiff_t|int_fast\d+_t|uint_fast\d+_t)\b/),
    bad: ["struct Row {\n  std::size_t count = 0;\n  static constexpr auto describe() { return 1; }\n};"],
    fine: [
      "struct Row {\n  std::uint32_t count = 0;\n  static constexpr auto describe() { std::size_t n = 0; return n; }\n};",
      "class Bytes {\n  std::size_t size_ = 0;\n};",
    ],
  },
  {
    name: "global",
    why: "what outlives a call makes the next answer depend on the last one",
    find: namespaceVariables,
    bad: [
      "int counter = 0;",
      "static std::string last;",
      "void f() {\n  static int calls = 0;\n}",
      "inline std::vector<int> all{};",
      "namespace {\nstd::uint64_t seed;\n}",
    ],
    fine: [
      "constexpr int limit = 5;",
      'inline constexpr std::string_view name = "x";',
      "const int most = 3;",
      "static constexpr int n = 1;",
      "struct A {\n  int x = 0;\n};",
      "void f() {\n  int x = 0;\n}",
      "static bool less(int a, int b) {\n  return a < b;\n}",
      "using A = int;",
      "enum class B : int { a, b };",
      "template <class T>\ninline constexpr bool is = false;",
      "Decision decide(const A& a,\n                const B& b) {\n  return a;\n}",
    ],
  },
];
