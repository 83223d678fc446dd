/** Sorted by UTF-16 units, so that events of different streams commute in every view. */
export const sorted = <T>(byKey: ReadonlyMap<string, T>): [string, T][] =>
  [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** A JSON object of a map. Not through a JavaScript object: that would move a key such as "123" to the front. */
export const objectOf = <T>(entries: Iterable<readonly [string, T]>): string => {
  let members = "";
  for (const [key, value] of entries)
    members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${JSON.stringify(value)}`;
  return `{${members}}`;
};
