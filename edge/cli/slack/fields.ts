/** JSON of others: an object whose members may be anything. */
export type Fields = { readonly [name: string]: unknown };

/** The members of an object; of anything else there are none. */
export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** A text that is not empty, or undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The elements of a list; of anything else there are none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export const texts = (value: unknown) => list(value).filter((each) => typeof each === "string");

/** A moment in ms since 1970, or undefined. */
export function moment(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Slack's "1355517523.000005", or seconds, in whole ms. */
export function timestamp(value: unknown): number | undefined {
  const written = typeof value === "number" ? String(value) : value;
  const match = typeof written === "string" ? /^(\d{1,11})(?:\.(\d{1,9}))?$/.exec(written) : null;
  if (match === null) return undefined;
  return Number(match[1]) * 1_000 + Number((match[2] ?? "").padEnd(3, "0").slice(0, 3));
}
