import { sendAll } from "./load/closed.ts";
import { Connections } from "./load/connections.ts";
import { type ContenderName, type Server, type StartOptions, startServer } from "./server.ts";
import { Chatter } from "./workload/chatter.ts";
import { type Person, signedIn } from "./workload/person.ts";

/** A server under load, with the people who send commands to it. */
export interface Contender {
  readonly name: ContenderName;
  readonly server: Server;
  readonly connections: Connections;
  readonly chatter: Chatter;
  /** A member of every channel, who sends nothing. */
  readonly listener: Person;
  /** Moves the chat to new channels. */
  enter(channels: number): Promise<void>;
  close(): Promise<void>;
}

/** Connections of the usual load: enough to keep a server busy, as few as many people would not have. */
export const usualConnections = 128;
const seed = 7;

export async function startContender(options: StartOptions, people: number): Promise<Contender> {
  const server = await startServer(options);
  const names = Array.from({ length: people }, (_, at) => `person ${at}`);
  const all = await signedIn(server.issuer, ["listener", ...names]);
  const [listener, ...others] = all as [Person, ...Person[]];
  const chatter = new Chatter(others, listener, seed);
  const connections = new Connections(server.origin, { most: usualConnections });
  return {
    name: options.name,
    ...{ server, connections, chatter, listener },
    async enter(channels) {
      for (const step of chatter.enter(channels)) await sendAll(connections, step);
      await server.ask("settled");
    },
    async close() {
      await connections.close();
      await server.close();
    },
  };
}
