import type { Event } from "@crowbar/domain/chat/url";
import type { ReactNode } from "react";
import { Button } from "../layout/Button.tsx";
import { Loading } from "../layout/Loading.tsx";
import { Refusal } from "../layout/Refusal.tsx";
import { wholeTimeOf } from "../messages/times.ts";
import { useNames } from "../people/use_names.ts";
import { wanted } from "../rejected/told.ts";
import { Facts } from "./Facts.tsx";
import { Json } from "./Json.tsx";
import { type ChannelCommand, useCommand } from "./use_command.ts";
import type { ChannelHistory } from "./use_history.ts";

/** The command behind the event of one version: what was asked, by whom and when. */
export function Asked({ history, version }: { readonly history: ChannelHistory; readonly version: number }) {
  const [now, again] = useCommand(history, version);
  const event = history.events[version - 1];
  if (event === undefined) return null;
  return (
    <section aria-labelledby="asked" className="mt-5 border-line border-t pt-4">
      <h3 id="asked" className="font-semibold">
        What was asked
      </h3>
      {/* As high as most commands are: what stands below stays where it is while one is waited for. */}
      <div className="min-h-52">
        {now.state === "ready" && <Decided {...now.decided} event={event} />}
        {now.state === "loading" && (
          <div className="grid h-52">
            <Loading what="Asking the server" />
          </div>
        )}
        {now.state === "offline" && (
          <p className="mt-1 text-faint">Only the server has it. It is asked for when you are online again.</p>
        )}
        {now.state === "failed" && <Failed again={again}>The server did not answer with it.</Failed>}
        {now.state === "hidden" && <Failed again={again}>The server does not show it to you.</Failed>}
      </div>
    </section>
  );
}

function Failed({ again, children }: { readonly again: () => void; readonly children: ReactNode }) {
  return (
    <div className="mt-2 grid justify-items-start gap-2">
      <Refusal>{children}</Refusal>
      <Button small onClick={again}>
        Ask again
      </Button>
    </div>
  );
}

function Decided({
  command,
  context,
  decidedAt,
  verdict,
  event,
}: ChannelCommand & { readonly event: Event<"channel"> }) {
  const nameOf = useNames();
  const others = otherwise(command.data, event.data);
  const left = verdict.accepted ? verdict.events.length : 0;
  return (
    <>
      <p className="mt-1">
        <span className="font-semibold">{wanted(command.type)}</span>, asked by{" "}
        <bdi className="font-semibold">{nameOf(context.actor.id)}</bdi>.
        <br />
        <time dateTime={new Date(context.at).toISOString()} className="text-faint text-sm">
          {wholeTimeOf(context.at)}
        </time>
      </p>
      <Facts
        rows={[
          ["command", command.type],
          ["decided upon", `version ${decidedAt}`],
          ...(left > 1 ? [["events", `${left}, from version ${decidedAt + 1}`] as const] : []),
        ]}
      />
      <Json of={command.data} />
      {others.length > 0 && (
        <p className="mt-1 text-faint text-sm">
          The rules have made something else of <span className="font-mono">{others.join(", ")}</span>.
        </p>
      )}
    </>
  );
}

/** What is in both, and not the same: a text, for one, is stored without the space around it. */
function otherwise(asked: object, happened: object): readonly string[] {
  const came = new Map<string, unknown>(Object.entries(happened));
  return Object.entries(asked).flatMap(([name, value]) =>
    came.has(name) && JSON.stringify(came.get(name)) !== JSON.stringify(value) ? [name] : [],
  );
}
