import { loadSync } from "@crowbar/domain/chat";
import { AccessTokens } from "../auth/access_tokens.ts";
import { IssuerKeys } from "../auth/issuer_keys.ts";
import { SystemClock } from "../context/system_clock.ts";
import { SystemIds } from "../context/system_ids.ts";
import { type Passage, viewer } from "./handler.ts";
import { readViewerConfig } from "./viewer_config.ts";

/** Put in its place when this is bundled: Lambda@Edge has no environment variables. */
declare const viewerConfig: unknown;

const { issuer, clientId, audience, keysUrl, origins, publicPaths } = readViewerConfig(viewerConfig);
const domain = loadSync();
const clock = new SystemClock();
const keys = new IssuerKeys({
  clock,
  issuer,
  ...(keysUrl !== undefined && { url: keysUrl }),
  onFailure: (error) => line("error", { failure: String(error), cause: String(error.cause ?? "") }),
});

/** What Lambda@Edge calls. */
export const handler = viewer({
  domain,
  verifier: new AccessTokens({
    issuer,
    clientId,
    ...(audience !== undefined && { audience }),
    keys,
    clock,
    check: (json) => domain.check(json),
    onRefused: (flaw) => line("warn", { token: flaw }),
  }),
  clock,
  ids: new SystemIds(clock),
  policy: { origins, publicPaths },
  onPassage: ({ refusal, ...passage }: Passage) =>
    line("info", { ...passage, ...(refusal && { code: refusal.code, outcome: refusal.outcome }) }),
  report: (defect, requestId) => line("error", { requestId, defect: String((defect as Error)?.stack ?? defect) }),
});

// A line each, as CloudWatch reads them.
function line(level: "info" | "warn" | "error", told: object): void {
  console[level](JSON.stringify({ level, at: clock.now(), ...told }));
}
