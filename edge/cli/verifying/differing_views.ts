import type { Stack } from "../../local/stack.ts";
import { compare } from "../../projector/compare.ts";
import type { Difference } from "../../projector/difference.ts";
import type { Finding } from "./finding.ts";

const words = {
  differs: "It shows something else than the log makes of it",
  behind: "It lacks what is in the log",
  ahead: "It knows of events that are not in the log",
  missing: "It is not there, and the log makes it",
  extra: "The log makes no such view",
  unreadable: "It cannot be read",
  unfoldable: "The log cannot be projected to it further",
} as const satisfies Record<Difference["kind"], string>;

/**
 * Every view that is not the fold of the log. Commands may go on meanwhile: a view that is behind only because something
 * was just said has another tag when it has been caught up.
 */
export async function differingViews(
  stack: Stack,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
): Promise<readonly Finding[]> {
  const { domain, store, views } = stack;
  await stack.settled();
  const late: { readonly difference: Difference; readonly etag: string | undefined }[] = [];
  const findings: Finding[] = [];
  await stack.withStillViews(async () => {
    for await (const difference of compare({ domain, store, views, signal, progress })) {
      const { kind, view } = difference;
      if (kind === "behind" || kind === "missing") late.push({ difference, etag: await etagOf(stack, view) });
      else findings.push(finding(difference));
    }
  });
  if (late.length === 0) return findings;
  await stack.settled();
  for (const { difference, etag } of late) {
    if ((await etagOf(stack, difference.view)) === etag) findings.push(finding(difference));
  }
  return findings;
}

async function etagOf({ views }: Stack, key: string): Promise<string | undefined> {
  return (await views.read(key))?.etag;
}

function finding({ view, kind, stream, version, where }: Difference): Finding {
  const heard = stream === undefined ? "" : `, ${stream}${version === undefined ? "" : ` at ${version}`}`;
  const message = `${words[kind]}${heard}${where === undefined || where === "" ? "" : `: ${where}`}.`;
  return { code: `view_${kind}`, what: `view ${view}`, message };
}
