import type { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import type { RequestEnv } from "./request.ts";

/** The commands function as Lambda calls it: by a function URL, or by an API gateway with payloads of version 2.0. */
export function lambdaHandler(app: Hono<RequestEnv>) {
  return handle(app);
}
