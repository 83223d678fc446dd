const shown = 3;

/** The first problems of a kind; the others are only counted. */
export function few(what: string, problems: readonly string[]): readonly string[] {
  if (problems.length <= shown) return problems;
  return [...problems.slice(0, shown), `… and ${problems.length - shown} more ${what}`];
}
