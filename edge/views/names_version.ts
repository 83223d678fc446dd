/** Does a header If-None-Match name that version? Compared weakly (RFC 9110, 13.1.2); what cannot be read names none. */
export function namesVersion(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  for (const [, tag] of header.matchAll(/(?:^|,)\s*(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?=,|$)/g)) {
    if (tag === etag) return true;
  }
  return false;
}
