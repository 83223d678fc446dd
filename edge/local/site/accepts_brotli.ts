/** Does a header Accept-Encoding take brotli (RFC 9110, 12.5.3)? */
export function acceptsBrotli(header: string | undefined): boolean {
  let any = false;
  for (const part of (header ?? "").toLowerCase().split(",")) {
    const [coding, ...parameters] = part.split(";").map((each) => each.trim());
    const refused = parameters.some((each) => /^q=0(?:\.0{0,3})?$/.test(each));
    if (coding === "br") return !refused;
    if (coding === "*") any = !refused;
  }
  return any;
}
