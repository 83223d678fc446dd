// JSON that may be wrong on purpose: members may come twice, numbers may have any form, and the layout may be any.
import type { Random } from "./random.ts";

/** Text that stands in the JSON as it is. */
export interface Raw {
  readonly raw: string;
}
/** An object whose members come in an order, and may come twice. */
export interface Members {
  readonly members: readonly Member[];
}
export type Member = readonly [key: string, value: Json];
export type Json = string | number | boolean | null | readonly Json[] | Raw | Members;

export const raw = (text: string): Raw => ({ raw: text });
/** Members from pairs; those without a value are left out. */
export const members = (...pairs: readonly (readonly [string, Json | undefined])[]): Members => ({
  members: pairs.filter((pair): pair is Member => pair[1] !== undefined),
});
export const isMembers = (value: Json): value is Members =>
  typeof value === "object" && value !== null && "members" in value;
const isRaw = (value: Json): value is Raw => typeof value === "object" && value !== null && "raw" in value;

/** How a value is written down. */
export interface Layout {
  readonly space: () => string;
  readonly text: (text: string) => string;
}

/** As the canonical writer writes, near enough for the fast path. */
export const compact: Layout = { space: () => "", text: JSON.stringify };

const escapeUnit = (random: Random, unit: string): string => {
  const hex = unit.charCodeAt(0).toString(16).padStart(4, "0");
  return `\\u${random.chance(50) ? hex : hex.toUpperCase()}`;
};

/** White space anywhere, and any character escaped that need not be. */
export function loose(random: Random): Layout {
  const spaces = random.pick([["", " "], ["\n", "\t", "\r\n", " "], [""]]);
  const escaped = random.pick([0, 10, 100]);
  const text = (plain: string) => {
    const units = [...Array(plain.length).keys()].map((at) => plain.charAt(at));
    const written = units.map((unit) => {
      if (unit === "/" && random.chance(50)) return "\\/";
      const lone = /[\ud800-\udfff]/.test(unit); // halves of a pair are both escaped, or neither
      if (random.chance(escaped) && !lone) return escapeUnit(random, unit);
      return lone ? unit : JSON.stringify(unit).slice(1, -1);
    });
    const joined = `"${written.join("")}"`;
    const pairs = escaped === 100 ? joined.replace(/[\ud800-\udfff]/g, (unit) => escapeUnit(random, unit)) : joined;
    return pairs.replace(/\p{Surrogate}/gu, (unit) => escapeUnit(random, unit));
  };
  return { space: () => random.pick(spaces), text };
}

export function write(value: Json, layout: Layout): string {
  const { space } = layout;
  if (typeof value === "string") return layout.text(value);
  if (value === null || typeof value !== "object") return String(value);
  if (isRaw(value)) return value.raw;
  const inside = isMembers(value)
    ? value.members.map(
        ([key, each]) => `${space()}${layout.text(key)}${space()}:${space()}${write(each, layout)}${space()}`,
      )
    : value.map((each) => `${space()}${write(each, layout)}${space()}`);
  const [open, close] = isMembers(value) ? "{}" : "[]";
  return `${open}${inside.join(",")}${inside.length === 0 ? space() : ""}${close}`;
}
