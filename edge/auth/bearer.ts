/** RFC 6750, section 2.1: one scheme, one space, one token. Whatever else stands there is refused with the token. */
const form = /^bearer ([A-Za-z0-9\-._~+/]+=*)$/i;

/** The longest token that is looked at. Cognito's have 1 to 2 KB. */
export const maxTokenBytes = 8192;
const longest = "bearer ".length + maxTokenBytes;

/**
 * The access token of a request from the values of all its Authorization headers. `missing`: there is none at all;
 * undefined: what there is, is not one token.
 */
export function bearerToken(authorization: readonly string[]): string | "missing" | undefined {
  if (authorization.length === 0) return "missing";
  const [value] = authorization;
  if (authorization.length > 1 || value === undefined || value.length > longest) return undefined;
  return form.exec(value)?.[1];
}
