/**
 * Why a token is not to be trusted, for our own log alone: whoever sent it is never told.
 *
 * `form` not three parts of canonical base64url, or too long · `header` not strict JSON, or a parameter that is not
 * taken · `algorithm` not RS256 · `claims` not strict JSON · `issuer` · `client` · `audience` · `use` not an access token ·
 * `time` expired, not yet valid, or no moment · `person` no id · `groups` no list of names · `key` the issuer has no such
 * key · `signature`
 */
export type TokenFlaw =
  | "form"
  | "header"
  | "algorithm"
  | "claims"
  | "issuer"
  | "client"
  | "audience"
  | "use"
  | "time"
  | "person"
  | "groups"
  | "key"
  | "signature";
