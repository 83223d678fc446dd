import type { ServerResponse } from "node:http";
import type { CloudFrontRequest } from "aws-lambda";
import { notForwarded } from "./header_names.ts";
import { lightRequest } from "./light_request.ts";

/** Whoever serves what the edge lets through: a Hono app's `fetch`, or a function behind `functionUrl`. */
export type Origin = (request: Request) => Response | Promise<Response>;

/** A request that goes on, as the origin gets it. Its signal is aborted when whoever waits for `response` goes away. */
export function toOrigin(passed: CloudFrontRequest, body: Buffer | undefined, response: ServerResponse): Request {
  const { method, uri, querystring } = passed;
  const headers: [string, string][] = [];
  for (const name in passed.headers) {
    if (notForwarded.has(name)) continue;
    for (const { value } of passed.headers[name] ?? []) headers.push([name, value]);
  }
  const host = passed.headers.host?.[0]?.value;
  const url = `http://${host}${uri}${querystring === "" ? "" : `?${querystring}`}`;
  const bodiless = method === "GET" || method === "HEAD";
  return lightRequest({ method, url, headers, body: bodiless ? undefined : body, response });
}
