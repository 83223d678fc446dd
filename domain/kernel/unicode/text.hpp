// What the rules ask about a text. Every function takes valid UTF-8 (the strict reader lets nothing else in), reads
// nothing outside it whatever the bytes are, allocates nothing and answers the same on every platform.
// The Unicode version is the one at the top of tables.hpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace crowbar::unicode {

/// The length of a text in code points, the unit of every text bound in a description: "é" as one code point is 1,
/// as e and a combining acute 2, a family of three joined by ZWJ 5. Not bytes, UTF-16 units or graphemes.
/// The answer is modulo 2^32, which the reader's size limit keeps out of reach. Source: RFC 3629, section 3.
[[nodiscard]] std::uint32_t count(std::string_view text) noexcept;

/// The text without the white space at both ends: a view into the same bytes, empty when there was nothing else.
/// White space is White_Space (UAX #44) plus U+200B ZERO WIDTH SPACE, U+2060 WORD JOINER and U+FEFF, which people
/// paste without seeing them. The inside is left alone; joiners and variation selectors at an end are kept, because
/// they belong to what they follow.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// True when there is nothing that a person could see: only White_Space, controls (Cc), Default_Ignorable_Code_Point
/// (UAX #44: soft hyphen, Hangul fillers, joiners, selectors, tags, …) and U+2800 BRAILLE PATTERN BLANK.
/// True for the empty text.
[[nodiscard]] bool blank(std::string_view text) noexcept;

/// True when a control stands anywhere: General_Category Cc, which is U+0000..001F and U+007F..009F for ever
/// (the Unicode stability policy). Line breaks and tabs are controls; U+2028 and U+2029 are not.
[[nodiscard]] bool has_control(std::string_view text) noexcept;

/// True when a code point stands anywhere that opens or closes a bidirectional embedding, override or isolate:
/// U+202A..202E and U+2066..2069 (UAX #9, section 2). In a name they reorder the words around it. The marks
/// U+200E, U+200F and U+061C order nothing but themselves and are not among them.
[[nodiscard]] bool has_bidi_override(std::string_view text) noexcept;

/// The most code points that emoji() accepts; the largest recommended one has 10.
inline constexpr std::uint32_t emoji_code_points = 32;

/// True when the whole text is one "possible emoji" of at most emoji_code_points code points, as UTS #51,
/// "EBNF and Regex" (unicode.org/reports/tr51/#EBNF_and_Regex), defines it:
///
///     possible_emoji     := flag_sequence | zwj_element (U+200D zwj_element)*
///     flag_sequence      := \p{RI} \p{RI}
///     zwj_element        := \p{Emoji} emoji_modification?
///     emoji_modification := \p{EMod} | U+FE0F U+20E3? | [U+E0020-U+E007E]+ U+E007F
///
/// narrowed in one point: 0-9, # and * (which are \p{Emoji} too) count only as a keycap, "1" U+FE0F U+20E3.
/// A shape, not a list: an emoji of a later Unicode that joins known ones is accepted, and so are flags of no country,
/// one regional indicator, a skin tone alone and "©", as in the standard. Whether a font has it is not asked.
[[nodiscard]] bool emoji(std::string_view text) noexcept;

}  // namespace crowbar::unicode
