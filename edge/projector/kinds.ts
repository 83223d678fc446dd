import type { Catalog } from "../domain.ts";

/** A kind of view: what its keys begin with, and how many there are. */
export interface Kind {
  readonly name: string;
  /** `once` one of all streams · `stream` one of each stream · `page` pages of each stream */
  readonly of: "once" | "stream" | "page";
}

/** The kinds of views that hear an aggregate's streams, by its name. */
export function kindsOf({ views }: Catalog): ReadonlyMap<string, readonly Kind[]> {
  const kinds = new Map<string, Kind[]>();
  for (const { name, key, aggregate, pageSize } of views) {
    const of = pageSize !== undefined ? "page" : key.includes("/") ? "stream" : "once";
    kinds.set(aggregate, [...(kinds.get(aggregate) ?? []), { name, of }]);
  }
  return kinds;
}

/** The aggregate whose stream that is. */
export function aggregateOf(stream: string): string {
  return stream.split("-", 1)[0] ?? "";
}
