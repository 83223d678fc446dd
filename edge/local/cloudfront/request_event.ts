import type { CloudFrontHeaders, CloudFrontRequest, CloudFrontRequestEvent } from "aws-lambda";
import type { Trigger } from "../../viewer/triggers.ts";
import type { Body } from "./bodies.ts";
import type { Head } from "./read_request.ts";

const distribution = { distributionDomainName: "local.cloudfront.net", distributionId: "ELOCALEXAMPLE" };

/** Where the origin would be. */
const origin = {
  custom: {
    customHeaders: {},
    domainName: "origin.local",
    keepaliveTimeout: 5,
    path: "",
    port: 443,
    protocol: "https",
    readTimeout: 30,
    sslProtocols: ["TLSv1.2"],
  },
} as const;

/** The event that CloudFront makes of a request for a function that is hung up so. */
export function requestEvent(
  head: Head,
  clientIp: string,
  trigger: Trigger,
  requestId: string,
  body: Body | undefined,
): CloudFrontRequestEvent {
  const { eventType } = trigger;
  const behind = eventType === "origin-request";
  const { method, uri, querystring } = head;
  const request: CloudFrontRequest = {
    clientIp,
    method,
    uri,
    querystring,
    headers: behind ? forwarded(head.headers, clientIp) : head.headers,
    ...(behind && { origin: { custom: { ...origin.custom, sslProtocols: [...origin.custom.sslProtocols] } } }),
    ...(body !== undefined && {
      body: {
        action: "read-only",
        encoding: "base64",
        inputTruncated: body.truncated,
        data: body.bytes.toString("base64"),
      },
    }),
  };
  return { Records: [{ cf: { config: { ...distribution, eventType, requestId }, request } }] };
}

/** The headers as they leave CloudFront: with the address that the request came from behind those that it says itself. */
export function forwarded(headers: CloudFrontHeaders, clientIp: string): CloudFrontHeaders {
  const before = headers["x-forwarded-for"]?.map(({ value }) => value) ?? [];
  headers["x-forwarded-for"] = [{ key: "X-Forwarded-For", value: [...before, clientIp].join(", ") }];
  return headers;
}
