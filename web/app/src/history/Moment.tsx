import type { Event } from "@crowbar/domain/chat/url";
import { wholeTimeOf } from "../messages/times.ts";
import { useNames } from "../people/use_names.ts";
import { happened } from "./happened.ts";

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
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd className="truncate font-mono text-xs leading-5" title={value}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <Json of={event.data} />
    </section>
  );
}

/** A value as it stands in the log. */
export function Json({ of }: { readonly of: unknown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keyboard has to reach it.
    <pre tabIndex={0} className="mt-2 max-h-48 overflow-auto rounded-lg bg-sunken p-2.5 font-mono text-xs">
      {JSON.stringify(of, null, 2)}
    </pre>
  );
}
