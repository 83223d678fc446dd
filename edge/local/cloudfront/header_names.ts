// Which headers a function at the edge sees, and may change ("Restrictions on edge functions", CloudFront Developer Guide).

const disallowed: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "trailer",
  "upgrade",
  "x-accel-buffering",
  "x-accel-charset",
  "x-accel-limit-rate",
  "x-accel-redirect",
  "x-amzn-auth",
  "x-amzn-cf-billing",
  "x-amzn-cf-id",
  "x-amzn-cf-xff",
  "x-amzn-errortype",
  "x-amzn-fle-profile",
  "x-amzn-header-count",
  "x-amzn-header-order",
  "x-amzn-lambda-integration-tag",
  "x-amzn-requestid",
  "x-cache",
  "x-forwarded-proto",
  "x-real-ip",
]);

/** A header that no function is shown, and none may add. */
export function isDisallowed(name: string): boolean {
  return disallowed.has(name) || name.startsWith("x-edge-") || name.startsWith("x-amz-cf-");
}

/** Headers that a function may read and has to leave as they are. */
export const readOnly = {
  "viewer-request": ["content-length", "host", "transfer-encoding", "via"],
  "origin-request": [
    "accept-encoding",
    "content-length",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "transfer-encoding",
    "via",
  ],
} as const;

/** What concerns one connection alone, and what CloudFront itself takes away, goes on to no origin. */
export const notForwarded: ReadonlySet<string> = new Set(["te", "transfer-encoding"]);
