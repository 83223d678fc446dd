import type { Outcome } from "./outcome.ts";

/**
 * What can be wrong on the way to a rule and back, beside the domain's own catalogue: frozen codes. The sentence names
 * its values in braces.
 */
export const catalogue = {
  token_missing: ["not_signed_in", "Sign in first: there is no access token."],
  token_refused: ["not_signed_in", "The access token is not accepted. Sign in again."],
  not_allowed: ["forbidden", "{actor} may not read {name}."],
  origin_not_allowed: ["forbidden", "Pages from {name} may not send commands here."],
  route_not_found: ["not_found", "There is nothing at {name}."],
  stream_not_found: ["not_found", "There is no stream {name}."],
  command_not_found: ["not_found", "There is no command {name} of {stream} to be seen."],
  view_not_found: ["not_found", "There is no view {name}."],
  method_not_allowed: ["wrong_method", "{name} takes {expected}, not {actual}."],
  body_too_slow: ["timed_out", "The body did not arrive within {limit} s."],
  command_id_reused: ["conflict", "The command id {name} was used for another command. Make a new id."],
  stream_busy: ["conflict", "Stream {name} moved on {limit} times while this was decided. Send it again."],
  domain_upgraded: [
    "conflict",
    "The rules are now {expected}; with {actual} this would be decided otherwise. Load them, decide again.",
  ],
  body_too_large: ["too_large", "The body has {actual} bytes; the limit is {limit}."],
  batch_too_large: ["too_large", "There are {actual} commands; the limit is {limit}."],
  headers_too_large: ["too_large", "The headers have {actual} bytes; the limit is {limit}."],
  url_too_large: ["too_large", "The address has {actual} characters; the limit is {limit}."],
  media_type_wrong: ["wrong_media_type", "Send {expected}, not {actual}."],
  encoding_refused: ["wrong_media_type", "Send the body as it is, not encoded as {actual}."],
  body_missing: ["malformed", "There is no body."],
  body_truncated: ["malformed", "The body did not arrive whole."],
  body_unexpected: ["malformed", "{name} takes no body."],
  batch_empty: ["malformed", "There is no command in the list."],
  batch_malformed: ["malformed", "Element {index} is no command: {reason}"],
  request_malformed: ["malformed", "The request is not well-formed HTTP."],
  path_malformed: ["malformed", "The path is not well formed."],
  query_malformed: ["malformed", "{name} has to be {expected}, not {actual}."],
  header_malformed: ["malformed", "The header {name} is not well formed."],
  domain_unknown: ["too_old", "These rules are not known here: {actual}. Reload; what waits is kept."],
  too_many_requests: ["too_many", "{actor} sends more than {limit} commands a second. Wait {seconds} s."],
  too_many_streams: ["too_many", "{actor} listens to positions {limit} times already. Close one, or wait {seconds} s."],
  too_many_connections: ["unavailable", "There are too many connections now. Try again in {seconds} s."],
  store_unavailable: ["unavailable", "The store cannot answer now. Send the same command again in {seconds} s."],
  views_unavailable: ["unavailable", "The views cannot be read now. Try again in {seconds} s."],
  keys_unavailable: ["unavailable", "Sign-in cannot be checked now. Try again in {seconds} s."],
  core_unavailable: ["unavailable", "The rules were restarted. Send the same command again."],
  stopping: ["unavailable", "This place is closing down. Send the same command again in {seconds} s."],
  defect: ["defect", "Something is wrong on our side. It is noted under {requestId}."],
} as const satisfies Record<string, readonly [Outcome, string]>;

export type EdgeCode = keyof typeof catalogue;
export type Params = { readonly [name: string]: string | number };
