import { isViewKey } from "./view_key.ts";

const form = /^[a-z]+:\/\/[^/?#]*\/views\/([^?#]+)\.json(?:[?#]|$)/i;

/**
 * The key in the address of a view, `…/views/<key>.json`, as it was sent; undefined where there is none. Nothing is
 * decoded but `:` and `@`, which some encode: no other sign of a key ever needs it, so whatever else is encoded is a trick.
 */
export function keyInAddress(url: string): string | undefined {
  const key = form.exec(url)?.[1]?.replaceAll(/%3a/gi, ":").replaceAll("%40", "@");
  return key !== undefined && isViewKey(key) ? key : undefined;
}

/** Where a view is for ever what it is now: its address with the tag of its bytes. */
export function versionedAddress(key: string, etag: string): string {
  return `/views/${key}.json?etag=${etag.slice(1, -1)}`;
}
