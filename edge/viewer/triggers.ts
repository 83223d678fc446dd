/** Where on CloudFront the function is hung up: handler.ts says why so. */
export interface Trigger {
  /** A path, or `*` for all that no other names. */
  readonly path: string;
  readonly eventType: "viewer-request" | "origin-request";
  readonly includeBody: boolean;
}

export const triggers: readonly Trigger[] = [
  { path: "/commands", eventType: "origin-request", includeBody: true },
  { path: "*", eventType: "viewer-request", includeBody: false },
];
