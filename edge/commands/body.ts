import type { Domain } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import { elements } from "./elements.ts";

/** Most bytes of a request: CloudFront shows a function no more. */
export const maxBodyBytes = 1 << 20;
/** Most commands of a request. */
export const maxCommands = 100;

const openBracket = 0x5b;

/** The commands of a body: itself, or the elements of a list. */
export type Asked = { readonly many: boolean; readonly commands: readonly Uint8Array[] };

/** Reads one command or a list of up to 100; a list is read strictly here, a command where it is decided. */
export function readBody(domain: Domain, body: Uint8Array): Asked | Refusal {
  if (body.length === 0) return refuse("body_missing");
  const first = body.find((byte) => byte > 0x20);
  if (first !== openBracket) return { many: false, commands: [body] };
  const fault = domain.check(body);
  if (fault !== undefined) return { ...fault, outcome: "malformed" };
  const commands = elements(body, body.indexOf(openBracket));
  if (commands.length === 0) return refuse("batch_empty");
  if (commands.length > maxCommands) return refuse("batch_too_large", { actual: commands.length, limit: maxCommands });
  return { many: true, commands };
}

/** What is wrong with the way in which a body is sent; undefined where nothing is. */
export function unfit(headers: Headers): Refusal | undefined {
  const type = headers.get("content-type") ?? "";
  if (!/^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*$/i.test(type)) {
    return refuse("media_type_wrong", {
      expected: "application/json",
      actual: type === "" ? "no type" : type.slice(0, 100),
    });
  }
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    return refuse("encoding_refused", { actual: encoding.slice(0, 100) });
  }
  const size = Number(headers.get("content-length") ?? 0);
  if (size > maxBodyBytes) return refuse("body_too_large", { actual: size, limit: maxBodyBytes });
  return undefined;
}
