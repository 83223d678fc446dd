import type { CloudFrontHeaders } from "aws-lambda";

/**
 * What only a server may say of a request: who sends it, what they may do, what they meant instead. Nothing behind the
 * edge reads these; a thing that one day does must not read a stranger's.
 */
const told = /^(?:x-(?:user|actor|role|auth|remote|principal|original|rewrite|http-method|method)|remote-user$)/;
const requestIdHeader = "x-request-id";

/** All values of a header, in order. */
export function headerValues(headers: CloudFrontHeaders, name: string): readonly string[] {
  return headers[name]?.map(({ value }) => value) ?? [];
}

/** The header's value, or its values as one list; undefined where there is none. */
export function headerValue(headers: CloudFrontHeaders, name: string): string | undefined {
  const values = headers[name];
  if (values === undefined || values.length === 0) return undefined;
  return values.length === 1 ? values[0]?.value : headerValues(headers, name).join(", ");
}

/** Takes away what a client may not say, and names the request, for every log line behind this one. */
export function cleanse(headers: CloudFrontHeaders, requestId: string): void {
  for (const name in headers) {
    if (told.test(name)) delete headers[name];
  }
  headers[requestIdHeader] = [{ key: requestIdHeader, value: requestId }];
}
