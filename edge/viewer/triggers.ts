import type { CloudFrontEvent } from "aws-lambda";

/** Where on CloudFront the function is hung up, by the path; the first that fits. handler.ts says why so. */
export interface Trigger {
  readonly path: string;
  readonly eventType: CloudFrontEvent["config"]["eventType"] & ("viewer-request" | "origin-request");
  readonly includeBody: boolean;
}

export const commandsTrigger: Trigger = { path: "/commands", eventType: "origin-request", includeBody: true };
export const everyTrigger: Trigger = { path: "*", eventType: "viewer-request", includeBody: false };
export const triggers: readonly Trigger[] = [commandsTrigger, everyTrigger];
