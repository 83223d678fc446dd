import type { Verdict } from "@crowbar/domain/chat/url";
import { use, useId, useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Field } from "../layout/Field.tsx";
import { adviceOn } from "../rejected/advice.ts";
import type { ChatCommand } from "../start/chat.ts";
import { newId } from "../start/new_id.ts";
import { rules } from "../start/rules.ts";
import { Json } from "./Json.tsx";
import type { ChannelHistory } from "./use_history.ts";

type Tried = { readonly version: number; readonly verdict: Verdict<"channel"> };

/** The id of the message that would be sent. */
const newest = newId();

/** Asks the rules what they would have said at that moment. The form is made of what the rules say of their commands. */
export function TryCommand({
  channelId,
  history,
  version,
}: {
  readonly channelId: string;
  readonly history: ChannelHistory;
  readonly version: number;
}) {
  const domain = use(rules);
  const commands = domain.describe().aggregates.find(({ name }) => name === "channel")?.commands ?? [];
  const [type, setType] = useState("send_message");
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [tried, setTried] = useState<Tried>();
  const id = useId();
  const command = commands.find((one) => one.type === type);
  const first = (name: string) => (name === "messageId" ? lastMessageBefore(history, version, type) : "");
  const decide = () => {
    const data = Object.fromEntries(
      (command?.data ?? []).flatMap(({ name, required }) => {
        const value = typed[name] ?? first(name);
        return value === "" && !required ? [] : [[name, value]];
      }),
    );
    // Whatever was typed: the rules say whether it is a command at all.
    const asked = { stream: `channel-${channelId}`, type, data } as unknown as ChatCommand<"channel">;
    setTried({ version, verdict: history.decideAt(version, asked) });
  };
  return (
    <section aria-labelledby="try" className="mt-5 border-line border-t pt-4">
      <h3 id="try" className="font-semibold">
        Try a command here
      </h3>
      <p className="mt-1 text-faint text-sm">It is decided on that moment, as yours. Nothing is sent.</p>
      <form
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          decide();
        }}
      >
        <div className="grid gap-1">
          <label htmlFor={id} className="font-semibold text-sm">
            Command
          </label>
          <select
            id={id}
            value={type}
            onChange={(event) => {
              setType(event.target.value);
              setTyped({});
              setTried(undefined);
            }}
            className="min-h-11 rounded-lg border border-edge bg-ground px-3"
          >
            {commands.map((one) => (
              <option key={one.type} value={one.type}>
                {one.type}
              </option>
            ))}
          </select>
          <p className="text-faint text-sm">{command?.meaning}</p>
        </div>
        {command?.data.map(({ name, meaning, required }) => (
          <Field
            key={name}
            label={required ? name : `${name} (may be left out)`}
            hint={meaning}
            value={typed[name] ?? first(name)}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
          />
        ))}
        <Button type="submit" look="main">
          Decide
        </Button>
      </form>
      <div role="status" className="mt-3">
        {tried !== undefined && <Said {...tried} />}
      </div>
    </section>
  );
}

function Said({ version, verdict }: Tried) {
  if (!verdict.accepted) {
    const { code, message } = verdict.rejection;
    return (
      <div className="rounded-lg bg-no-tint p-3">
        <p className="font-semibold text-no">At version {version} the rules would have said no.</p>
        <p className="mt-1">
          {message} {adviceOn(code)}
        </p>
        <p className="mt-1 font-mono text-faint text-xs">{code}</p>
      </div>
    );
  }
  return (
    <div className="rounded-lg bg-tint p-3">
      <p className="font-semibold text-accent">
        {verdict.events.length === 0
          ? `At version ${version} it was so already.`
          : `At version ${version} the rules would have said yes.`}
      </p>
      {verdict.events.length > 0 && <Json of={verdict.events.map(({ type, data }) => ({ type, data }))} />}
    </div>
  );
}

/** A message to be sent is a new one; any other command is about one that was there. */
function lastMessageBefore(history: ChannelHistory, version: number, type: string): string {
  if (type === "send_message") return newest;
  for (let at = version - 1; at >= 0; at -= 1) {
    const event = history.events[at];
    if (event?.type === "message_sent") return event.data.messageId;
  }
  return "";
}
