import { isUtf8 } from "node:buffer";
import type { LambdaFunctionURLEvent, LambdaFunctionURLHandler, LambdaFunctionURLResult } from "aws-lambda";
import type { Origin } from "./to_origin.ts";

type Call = (
  event: LambdaFunctionURLEvent,
  context: Parameters<LambdaFunctionURLHandler>[1],
) => Promise<LambdaFunctionURLResult>;

/** Lambda hands these over as text, if they are. */
const textual = /^(?:text\/|application\/(?:json|javascript|xml|x-www-form-urlencoded)\b|[^;]+\+(?:json|xml)\b)/i;

/**
 * A Lambda function behind its function URL, as an origin: payloads of version 2.0. It answers whole; what streams is
 * mounted by its `fetch`.
 */
export function functionUrl(call: Call): Origin {
  return async (request) => {
    const event = await eventOf(request);
    // Nothing here reads a context; whoever does finds that it is none.
    const result = await call(event, Object.create(null));
    return responseOf(result);
  };
}

async function eventOf(request: Request): Promise<LambdaFunctionURLEvent> {
  const { pathname, search, host } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const sourceIp = headers["x-forwarded-for"]?.split(",").at(-1)?.trim() ?? "";
  const userAgent = headers["user-agent"] ?? "";
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    requestContext: {
      accountId: "anonymous",
      apiId: "local",
      domainName: host,
      domainPrefix: host.split(".", 1)[0] ?? "",
      http: { method: request.method, path: pathname, protocol: "HTTP/1.1", sourceIp, userAgent },
      requestId: headers["x-request-id"] ?? "",
      routeKey: "$default",
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    ...(await bodyOf(request, headers["content-type"] ?? "")),
  };
}

async function bodyOf(
  request: Request,
  type: string,
): Promise<{ readonly body?: string; readonly isBase64Encoded: boolean }> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length === 0) return { isBase64Encoded: false };
  const isText = textual.test(type) && isUtf8(bytes);
  return { body: bytes.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

/** What a function answers; an answer without a status is the body of a 200. */
function responseOf(result: LambdaFunctionURLResult): Response {
  if (typeof result !== "object" || result.statusCode === undefined) {
    const body = typeof result === "string" ? result : JSON.stringify(result);
    return new Response(body, { headers: { "content-type": "application/json" } });
  }
  const { statusCode, headers = {}, cookies = [], body, isBase64Encoded = false } = result;
  const listed = new Headers();
  for (const [name, value] of Object.entries(headers)) listed.set(name, String(value));
  for (const cookie of cookies) listed.append("set-cookie", cookie);
  const bodiless = body === undefined || [101, 204, 205, 304].includes(statusCode);
  return new Response(bodiless ? null : Buffer.from(body, isBase64Encoded ? "base64" : "utf8"), {
    status: statusCode,
    headers: listed,
  });
}
