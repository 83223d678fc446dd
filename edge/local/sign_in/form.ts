import type { IncomingMessage } from "node:http";
import { errors } from "oidc-provider";

const maxBytes = 4096;

/** The fields of a form that was sent. Throws `InvalidRequest` where it is none, or too long. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw new errors.InvalidRequest("This is not a form.");
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw new errors.InvalidRequest(`The form has more than ${maxBytes} bytes.`, 413);
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString("utf8"));
}
