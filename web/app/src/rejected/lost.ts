import type { ChatRejected } from "../start/chat.ts";

/** A channel that was to be created and is not, with all that was done in it until then. */
export interface Lost {
  readonly channelId: string;
  readonly name: string;
  readonly creation: ChatRejected;
  /** In order. Their reason is that the channel is not there. */
  readonly within: readonly ChatRejected[];
}

/** The lost channels, and what was refused beside them. */
export function lostIn(rejected: readonly ChatRejected[]): {
  readonly lost: readonly Lost[];
  readonly others: readonly ChatRejected[];
} {
  const lost = rejected.flatMap((creation): readonly Lost[] => {
    const { type, stream, data } = creation.command;
    if (type !== "create_channel") return [];
    const within = rejected.filter(({ command }) => command.stream === stream && command.type !== "create_channel");
    return [{ channelId: stream.slice("channel-".length), name: data.name, creation, within }];
  });
  const streams = new Set(lost.map(({ creation }) => creation.command.stream));
  return { lost, others: rejected.filter(({ command }) => !streams.has(command.stream)) };
}
