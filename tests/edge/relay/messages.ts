// Messages for the tests of queues: what they say matters to nobody there.
import type { CatchUp, Delivery, EventMessage, Message } from "../../../edge/relay/queue.ts";

export const general = "channel-general";
export const random = "channel-random";
export const overview = "channel/general";
export const list = "allchannels";

/** The events of a stream from one version to another, for one view. */
export function messages(first: number, last = first, group = overview, stream = general): readonly EventMessage[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const version = first + index;
    return { group, stream, version, after: version - 1, position: version, event: Buffer.from(`event ${version}`) };
  });
}

export const catchUp = (version: number, group = overview, stream = general): CatchUp => ({ group, stream, version });

/** What was delivered, in short: `general 1 2 3`, `random+` for a catch-up. */
export function told(delivery: Delivery | undefined): string {
  const [first] = delivery?.messages ?? [];
  if (first === undefined) return "nothing";
  const versions = delivery?.messages.map((message) => (isCatchUp(message) ? "+" : message.version));
  return `${first.group}: ${versions?.join(" ")}`;
}

function isCatchUp(message: Message): boolean {
  return message.event === undefined;
}
