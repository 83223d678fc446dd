import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../context/clock.ts";
import { clientId, ownOrigins } from "./client.ts";
import { refuse, serve } from "./door.ts";
import { People, type PeopleLimits, peopleLimits } from "./people.ts";
import { type Lifetimes, lifetimes, makeProvider } from "./provider.ts";
import { loadSecrets } from "./secrets.ts";
import { openDatabase, openFolder } from "./sign_in_files.ts";

export interface SignInOptions {
  /** As it stands in the tokens, without a slash at its end: `http://127.0.0.1:8080/auth`. */
  readonly issuer: string;
  /** Where people, keys and sessions are kept; made if it is not there. */
  readonly folder: string;
  readonly clock: Clock;
  /** Origins of pages that may sign people in, beside the stack's own: a dev server's. */
  readonly origins?: readonly string[];
  readonly limits?: PeopleLimits;
  readonly lifetimes?: Lifetimes;
  /** Is told what nobody has foreseen. */
  readonly onError?: (error: unknown) => void;
}

export interface SignIn {
  /** Serves everything under the path of the issuer; node's own request, with its whole path. */
  handler(request: IncomingMessage, response: ServerResponse): void;
  readonly issuer: string;
  readonly clientId: string;
  /** How many people have signed up. */
  readonly people: number;
  /** Gives the files back; once more does nothing. */
  close(): void;
}

/**
 * The local issuer: everybody signs in with a name, and gets tokens as Cognito makes them. Throws `SignInFilesDamaged`
 * where the folder's files are not its own.
 */
export async function signIn(options: SignInOptions): Promise<SignIn> {
  const { issuer, folder, clock, onError = () => {} } = options;
  openFolder(folder);
  const secrets = await loadSecrets(folder);
  const database = openDatabase(folder);
  const people = new People(database, clock, options.limits ?? peopleLimits);
  const origins = [...ownOrigins(issuer), ...(options.origins ?? [])];
  const provider = makeProvider({
    issuer,
    origins,
    database,
    people,
    secrets,
    lifetimes: options.lifetimes ?? lifetimes,
    onError,
  });
  const { origin, pathname: path } = new URL(issuer);
  const door = { provider, people, origins, origin, path, callback: provider.callback() };
  return {
    handler(request, response) {
      serve(request, response, door).catch((error: unknown) => refuse(response, error, path, onError));
    },
    issuer,
    clientId,
    get people() {
      return people.count;
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}
