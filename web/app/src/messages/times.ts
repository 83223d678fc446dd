const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** The time of day, local to the reader, of a moment in ms since 1970. */
export const timeOf = (at: number): string => time.format(at);

/** The same as short as can be, for where there is little room. */
export function shortTimeOf(at: number): string {
  const parts = time.formatToParts(at).filter(({ type }) => type !== "dayPeriod");
  return parts
    .map(({ value }) => value)
    .join("")
    .trim();
}

/** Day and time in full. */
export const wholeTimeOf = (at: number): string => whole.format(at);

/** Are they on one day, as the reader counts days? */
export function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** Today, yesterday, or the date. */
export function dayOf(at: number, now: number = Date.now()): string {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (ago === 0 || ago === 1) return capital(relative.format(-ago, "day"));
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? day.format(at) : dayOfYear.format(at);
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
