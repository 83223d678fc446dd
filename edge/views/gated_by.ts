import type { KnownView } from "./known_views.ts";

/**
 * The stream whose readers alone may read a view; undefined: everybody who is signed in. Views by page hold what was said
 * in their stream, so they are for those whom the stream admits; the others tell what there is.
 */
export function gatedBy({ view, stream }: KnownView): string | undefined {
  return view.pageSize === undefined ? undefined : stream;
}
