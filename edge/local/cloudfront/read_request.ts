import type { IncomingMessage } from "node:http";
import type { CloudFrontHeaders } from "aws-lambda";
import { type Refusal, refuse } from "../../outcome/refusal.ts";
import { isDisallowed } from "./header_names.ts";
import { cloudFront } from "./limits.ts";

/** A request's head as CloudFront takes it. */
export interface Head {
  readonly method: string;
  readonly uri: string;
  readonly querystring: string;
  readonly headers: CloudFrontHeaders;
}

const url = /^\/[\x21\x22\x24-\x7e]*$/;
const host = /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;
/** What has one meaning may stand there once: two readers might choose another one. */
const once: ReadonlySet<string> = new Set(["host", "content-length", "transfer-encoding"]);

/** Reads what stands before the body; answers what CloudFront does not take. */
export function readHead({ method = "", url: target = "", rawHeaders }: IncomingMessage): Head | Refusal {
  if (target.length > cloudFront.urlBytes) {
    return refuse("url_too_large", { actual: target.length, limit: cloudFront.urlBytes });
  }
  if (!url.test(target)) return refuse("path_malformed");
  // No member of every object is a header, whatever its name is.
  const headers: CloudFrontHeaders = Object.create(null);
  let size = method.length + target.length + " HTTP/1.1\r\n ".length;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const key = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    size += key.length + value.length + 4;
    const name = key.toLowerCase();
    const values = headers[name];
    if (values === undefined) headers[name] = [{ key, value }];
    else if (once.has(name)) return refuse("header_malformed", { name });
    else values.push({ key, value });
  }
  if (size > cloudFront.requestBytes)
    return refuse("headers_too_large", { actual: size, limit: cloudFront.requestBytes });
  const coding = headers["transfer-encoding"]?.[0]?.value;
  if (coding !== undefined && coding.toLowerCase() !== "chunked") {
    return refuse("header_malformed", { name: "transfer-encoding" });
  }
  if (!isHost(headers.host?.[0]?.value ?? "")) return refuse("header_malformed", { name: "host" });
  for (const name in headers) if (isDisallowed(name)) delete headers[name];

  const query = target.indexOf("?");
  if (query < 0) return { method, uri: target, querystring: "", headers };
  return { method, uri: target.slice(0, query), querystring: target.slice(query + 1), headers };
}

/** Could somebody be there? Whatever goes on has this in its address. */
function isHost(value: string): boolean {
  return host.test(value) && URL.canParse(`http://${value}/`);
}
