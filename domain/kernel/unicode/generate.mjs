// Writes tables.hpp from the JavaScript engine's own Unicode property escapes, so that no data file is
// vendored and every range in the header can be traced to a property of the Unicode Character Database.
//
//   node domain/kernel/unicode/generate.mjs           writes tables.hpp beside this file
//   node domain/kernel/unicode/generate.mjs --check   exits 1 when the header is not what would be written
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The pin. A newer engine would quietly change which texts are empty and what is an emoji: raising this is a
// decision, because a command that was refused yesterday is then accepted today.
const UNICODE = "17.0";

const header = fileURLToPath(new URL("tables.hpp", import.meta.url));
const planes = [0, 1, 14]; // where the classes below have members; anything elsewhere stops the generator

const classes = [
  {
    name: "trimmable",
    says: "White_Space, ZERO WIDTH SPACE, WORD JOINER, ZERO WIDTH NO-BREAK SPACE: what trimmed() takes off",
    pattern: /^[\p{White_Space}\u{200B}\u{2060}\u{FEFF}]$/u,
  },
  {
    name: "invisible",
    says: "White_Space, Cc, Default_Ignorable_Code_Point, BRAILLE PATTERN BLANK: what nobody can see",
    pattern: /^[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u{2800}]$/u,
  },
  { name: "emoji", says: "Emoji (UTS #51, ED-1)", pattern: /^\p{Emoji}$/u },
];

// Classes that text.cpp writes as plain comparisons, because the Unicode stability policy or the code charts fix
// them. They need no table; the census keeps the comparisons honest.
const fixed = [
  { name: "control", pattern: /^\p{Cc}$/u },
  { name: "bidi_override", pattern: /^[\u{202A}-\u{202E}\u{2066}-\u{2069}]$/u },
  { name: "emoji_alone", pattern: /^(?![#*0-9])\p{Emoji}$/u },
  { name: "emoji_modifier", pattern: /^\p{Emoji_Modifier}$/u },
  { name: "regional_indicator", pattern: /^\p{Regional_Indicator}$/u },
];

function membersOf(pattern) {
  const members = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue; // surrogates never stand in UTF-8
    if (pattern.test(String.fromCodePoint(point))) members.push(point);
  }
  return members;
}

function rangesOf(members) {
  const ranges = [];
  for (const point of members) {
    const open = ranges.at(-1);
    const adjoins = open && point === open.last + 1 && point >> 16 === open.last >> 16;
    if (adjoins) open.last = point;
    else ranges.push({ first: point, last: point });
  }
  return ranges;
}

// Made from the members themselves, before they are compacted into ranges: a wrong range cannot agree with it.
function censusOf({ name, members }) {
  const checksum = members.reduce((sum, point) => Math.imul(sum ^ point, 16777619) >>> 0, 2166136261);
  return `inline constexpr Census ${name}{${members.length}u, 0x${checksum.toString(16)}u};`;
}

const hex = (value) => `0x${value.toString(16).toUpperCase().padStart(4, "0")}`;

function tablesOf({ name, says, members }) {
  const ranges = rangesOf(members);
  const stray = ranges.find(({ first }) => !planes.includes(first >> 16));
  if (stray) throw new Error(`${name} has ${hex(stray.first)}, and text.cpp looks in the planes ${planes} alone`);
  const tables = planes.flatMap((plane) => {
    const here = ranges.filter(({ first }) => first >> 16 === plane);
    if (here.length === 0) return [];
    const cells = here.map(({ first, last }) => `{${hex(first & 0xffff)}, ${hex(last & 0xffff)}}`);
    const rows = [];
    for (let at = 0; at < cells.length; at += 6) rows.push(`    ${cells.slice(at, at + 6).join(", ")},`);
    return [`inline constexpr Range ${name}_plane_${plane}[] = {`, ...rows, "};"];
  });
  return [`// ${says}.`, ...tables, ""];
}

function spanOf(constant, pattern) {
  const ranges = rangesOf(membersOf(pattern));
  if (ranges.length !== 1) throw new Error(`${constant} is ${ranges.length} ranges, text.cpp compares with one`);
  const [{ first, last }] = ranges;
  return `inline constexpr std::uint32_t ${constant}_first = ${hex(first)}, ${constant}_last = ${hex(last)};`;
}

function write() {
  const all = [...classes, ...fixed].map((it) => ({ ...it, members: membersOf(it.pattern) }));
  return [
    "// Written by domain/kernel/unicode/generate.mjs: change that file and run it again, never this one.",
    `// Unicode ${UNICODE}. Each table holds sorted, inclusive ranges of the low 16 bits of one plane.`,
    "// clang-format off",
    "#pragma once",
    "",
    "#include <cstdint>",
    "",
    "namespace crowbar::unicode::detail {",
    "",
    `inline constexpr char version[] = "${UNICODE}";`,
    "",
    "struct Range { std::uint16_t first, last; };",
    "",
    ...all.slice(0, classes.length).flatMap(tablesOf),
    spanOf("emoji_modifier", /^\p{Emoji_Modifier}$/u),
    spanOf("regional_indicator", /^\p{Regional_Indicator}$/u),
    "",
    "}  // namespace crowbar::unicode::detail",
    "",
    "// How many code points each class has, and the FNV-1a checksum over them in ascending order, one code point at a",
    "// step, taken before the ranges were made. tests/unicode.cpp asks the functions about every code point.",
    "namespace crowbar::unicode::census {",
    "",
    "struct Census { std::uint32_t count, checksum; };",
    "",
    ...all.map(censusOf),
    "",
    "}  // namespace crowbar::unicode::census",
    "// clang-format on",
    "",
  ].join("\n");
}

if (process.versions.unicode !== UNICODE) {
  console.error(`this engine knows Unicode ${process.versions.unicode}, the tables are pinned to ${UNICODE}`);
  process.exit(1);
}
const wanted = write();
if (!process.argv.includes("--check")) writeFileSync(header, wanted);
else if (readFileSync(header, "utf8") !== wanted) {
  console.error("domain/kernel/unicode/tables.hpp is stale: run node domain/kernel/unicode/generate.mjs");
  process.exit(1);
}
