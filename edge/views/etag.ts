import { hash } from "node:crypto";

/** The version tag of a view: strong, from its bytes alone, so equal bytes have it on every machine and for ever. */
export function etagOf(bytes: Uint8Array): string {
  return `"${hash("sha256", bytes, "base64url")}"`;
}
