// Ports that do nothing, to see what observing adds to them.
import type { Commands } from "../../../edge/commands/commands.ts";
import type { Delivery, Message, Queue } from "../../../edge/relay/queue.ts";
import type { DecidedCommand, EventStore } from "../../../edge/store/event_store.ts";

const bytes = (text: string) => Buffer.from(text);

export function sent(id: string): Uint8Array {
  const data = '{"messageId":"m1","text":"hi"}';
  return bytes(`{"id":"${id}","stream":"channel-general","type":"send_message","data":${data}}`);
}

export function event(commandId: string, at: number): Uint8Array {
  const head = `{"id":"${commandId}.0","stream":"channel-general","version":1,"type":"message_sent","schema":1,"at":${at},`;
  return bytes(`${head}"actor":{"id":"ada","roles":[]},"command":"${commandId}","domain":"0","data":{"text":"hi"}}`);
}

export function verdict(commandId: string, at: number): Uint8Array {
  const happened = new TextDecoder().decode(event(commandId, at));
  return bytes(`{"accepted":true,"stream":"channel-general","version":1,"events":[${happened}]}`);
}

export function decided(id: string, at: number): DecidedCommand {
  const command = sent(id);
  const context = bytes(`{"at":${at},"actor":{"id":"ada"}}`);
  const digest = "0".repeat(64);
  const stream = "channel-general";
  return { id, actor: "ada", digest, stream, decidedAt: 0, command, context, verdict: verdict(id, at) };
}

/** Appends nothing, and says that it did. */
export function deadStore(): EventStore {
  return { append: async () => ({ kind: "appended" }) } satisfies Partial<EventStore> as unknown as EventStore;
}

/** Delivers the messages that were published last, one at a time. */
export function deadQueue(): Queue {
  let waiting: readonly Message[] = [];
  return {
    async publish(messages) {
      waiting = messages;
    },
    async receive(): Promise<Delivery | undefined> {
      const [first, ...others] = waiting;
      waiting = others;
      return first && { receipt: "1", group: first.group, messages: [first], attempt: 1 };
    },
    acknowledge: async () => {},
    release: async () => {},
    park: async () => {},
  } satisfies Partial<Queue> as unknown as Queue;
}

/** Appends every command, as one that says something. */
export function deadCommands(store: EventStore, at: number): Commands {
  return {
    async submit({ command }) {
      const id = JSON.parse(new TextDecoder().decode(command)).id as string;
      await store.append({ decided: decided(id, at), events: [{ version: 1, bytes: event(id, at) }], claims: [] });
      return { kind: "accepted", verdict: verdict(id, at), stream: "channel-general", commandId: id };
    },
  } satisfies Partial<Commands> as unknown as Commands;
}
