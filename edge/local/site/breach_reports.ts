import type { IncomingMessage, ServerResponse } from "node:http";
import { Rate } from "../../commands/rate.ts";
import type { Clock } from "../../context/clock.ts";
import type { Observe } from "../../observe/observe.ts";

/** A report has an address or two in it, and a policy. */
const maxBytes = 16 << 10;
/** Whoever makes a page report without end fills no log. */
const allowance = { perSecond: 5, burst: 100 };
const directives: ReadonlySet<string> = new Set([
  ...["default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem"],
  ...["style-src-attr", "img-src", "font-src", "connect-src", "manifest-src", "worker-src", "media-src", "frame-src"],
  ...["object-src", "base-uri", "form-action", "frame-ancestors", "require-trusted-types-for", "trusted-types"],
]);

/**
 * `POST /csp-reports`: what browsers say that the app's policy has stopped (`application/csp-report`). Each is a line and a
 * figure, by its directive alone: addresses and samples in it may be what people wrote.
 */
export function breachReports(observe: Observe, clock: Clock) {
  const rate = new Rate(clock, allowance);
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, rate, observe).then(
      ([status, headers]) => response.writeHead(status, { ...headers, "cache-control": "no-store" }).end(),
      () => response.destroy(),
    );
  };
}

type Answer = readonly [status: number, headers?: Readonly<Record<string, string>>];

async function answer(request: IncomingMessage, rate: Rate, observe: Observe): Promise<Answer> {
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  // Nothing of it is read: the connection is not used again.
  if (request.method !== "POST") return [405, { allow: "POST", connection: "close" }];
  if (type !== "application/csp-report") return [415, { connection: "close" }];
  const seconds = rate.take("all", 1);
  if (seconds > 0) return [429, { "retry-after": String(seconds), connection: "close" }];
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) return [413, { connection: "close" }];
    parts.push(part);
  }
  const directive = breached(Buffer.concat(parts));
  if (directive === undefined) return [400];
  observe.trouble({ part: "app", what: `policy_${directive.replaceAll("-", "_")}` });
  return [204];
}

/** The directive that a report names; undefined where it is no report. */
function breached(body: Buffer): string | undefined {
  try {
    const report = (JSON.parse(body.toString("utf8")) as Readonly<Record<string, unknown>>)["csp-report"];
    const { "effective-directive": effective, "violated-directive": violated } = report as Record<string, unknown>;
    const directive = String(effective ?? violated).split(" ", 1)[0] ?? "";
    return directives.has(directive) ? directive : "other";
  } catch {
    return undefined;
  }
}
