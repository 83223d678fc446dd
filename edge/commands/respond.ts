import type { Context } from "hono";
import { http } from "../outcome/outcome.ts";
import { errorBody, type Refusal } from "../outcome/refusal.ts";
import type { RequestEnv } from "./request.ts";

/** Answers a request with its no. */
export function respond(c: Context<RequestEnv>, refusal: Refusal): Response {
  c.set("code", refusal.code);
  const { status } = http[refusal.outcome];
  if (status === 401) c.header("www-authenticate", "Bearer");
  if (refusal.seconds !== undefined) c.header("retry-after", String(refusal.seconds));
  c.header("cache-control", "no-store");
  c.header("content-type", "application/json");
  return c.body(errorBody(refusal, c.get("requestId")), status);
}
