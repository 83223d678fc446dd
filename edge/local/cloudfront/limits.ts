/**
 * CloudFront's quotas ("Quotas", "Restrictions on edge functions", "Generating HTTP responses in request triggers" in its
 * Developer Guide).
 */
export const cloudFront = {
  /** Path and query. */
  urlBytes: 8_192,
  /** Request line and headers. */
  requestBytes: 20_480,
  /** What a function is shown of a body, before it is base64. */
  bodyBytes: { "viewer-request": 40 * 1024, "origin-request": 1 << 20 },
  /** What a function may answer, with its headers. */
  responseBytes: { "viewer-request": 40 * 1024, "origin-request": 1 << 20 },
  methods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
} as const;

/** What one process can bear: CloudFront has no such limits, a machine has. */
export interface ServerLimits {
  /** Connections at once; the next one is told to come again. */
  readonly connections: number;
  /** Within so many ms a request has to be there, headers and body. */
  readonly requestMs: number;
  /** How often that is looked at. */
  readonly checkMs: number;
  /** How long a connection stays open with nothing on it. */
  readonly idleMs: number;
  /** Requests on one connection; the last one closes it. */
  readonly requestsPerConnection: number;
  /** Bytes of bodies that are on their way in, all together. */
  readonly bodiesBytes: number;
  /** How long `close` waits for what is on its way. */
  readonly closeMs: number;
}

export const serverLimits: ServerLimits = {
  connections: 2_048,
  requestMs: 10_000,
  checkMs: 1_000,
  idleMs: 60_000,
  requestsPerConnection: 100_000,
  bodiesBytes: 64 << 20,
  closeMs: 5_000,
};

/** When whoever was turned away may come again. */
export const retrySeconds = 2;
