import type { Event } from "@crowbar/domain/chat/url";
import { wholeTimeOf } from "../messages/times.ts";
import { useNames } from "../people/use_names.ts";
import { Facts } from "./Facts.tsx";
import { happened } from "./happened.ts";
import { Json } from "./Json.tsx";

/** The event of one version: what, who, when, by which command, by which rules. */
export function Moment({ event, version }: { readonly event: Event<"channel"> | undefined; readonly version: number }) {
  const nameOf = useNames();
  if (event === undefined) {
    return (
      <section aria-labelledby="happened" className="pt-4">
        <h3 id="happened" className="font-semibold">
          What happened
        </h3>
        <p className="mt-1 text-faint">Nothing yet: this is before the first event.</p>
      </section>
    );
  }
  const rows = [
    ["event", event.type],
    ["version", String(version)],
    ["command", event.command],
    ["rules", event.domain],
  ] as const;
  return (
    <section aria-labelledby="happened" className="pt-4">
      <h3 id="happened" className="font-semibold">
        What happened
      </h3>
      <p className="mt-1">
        <bdi className="font-semibold">{nameOf(event.actor.id)}</bdi> {happened(event)}.
        <br />
        <time dateTime={new Date(event.at).toISOString()} className="text-faint text-sm">
          {wholeTimeOf(event.at)}
        </time>
      </p>
      <Facts rows={rows} />
      <Json of={event.data} />
    </section>
  );
}
