// The channel that most tests here speak of: general, created by ada at noon.
import type { Command, Event } from "@crowbar/domain/chat";
import { noon } from "@crowbar/domain/testing";

export { noon };
export const stream = "channel-general";
export const ada = { at: noon, actor: { id: "ada", roles: [] } };
export const bob = { at: noon, actor: { id: "bob", roles: [] } };

/** The same UUID for the same number, in every run. */
export const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

type Told = Pick<Event<"channel">, "type" | "data">;

/** Stored events of general, from `version` on; ada did it all. */
export function stored(told: readonly Told[], version = 1): readonly Event<"channel">[] {
  return told.map(({ type, data }, index) => ({
    id: `${uuid(version + index)}.0`,
    stream,
    version: version + index,
    type,
    schema: type === "channel_created" ? 2 : 1,
    at: noon,
    actor: ada.actor,
    command: uuid(version + index),
    domain: "test",
    data,
  })) as readonly Event<"channel">[];
}

export const created: Told = { type: "channel_created", data: { name: "general", description: "" } };
export const bobJoined: Told = { type: "user_joined_channel", data: { userId: "bob" } };
export const said = (messageId: string, text = "hello"): Told => ({ type: "message_sent", data: { messageId, text } });

/** Three events: created, bob joined, ada said hello. */
export const history = stored([created, bobJoined, said("m1")]);

export const say = (messageId: string, text = "hello", number = 100): Command<"channel"> => ({
  id: uuid(number),
  stream,
  type: "send_message",
  data: { messageId, text },
});

export const ndjson = (events: readonly object[]) =>
  new TextEncoder().encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
export const bytes = (value: object | string) =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
export const text = (utf8: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(utf8);
