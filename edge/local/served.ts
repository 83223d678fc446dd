import type { Allowance } from "../commands/rate.ts";
import type { Log } from "../observe/log.ts";
import type { StoreUnavailable } from "../store/event_store.ts";
import type { ServerLimits } from "./cloudfront/limits.ts";
import type { LocalStack } from "./open_stack.ts";
import type { Lifetimes } from "./sign_in/provider.ts";

export interface ServeOptions {
  /** The folder that holds everything. */
  readonly data: string;
  /** 0 takes any port that is free. */
  readonly port: number;
  /** The folder of the built app; the page at `/status` stands in its place where there is none. */
  readonly app?: string;
  readonly allowance?: Allowance;
  /** Call the commands function as Lambda calls it by its function URL, streams and all. It costs some tenths of a millisecond. */
  readonly asDeployed?: boolean;
  /** How long tokens hold; as with Cognito, if nothing is said. */
  readonly lifetimes?: Lifetimes;
  readonly limits?: Partial<ServerLimits>;
  /**
   * Is called when the disk has failed and the log takes nothing more: only opening it anew tells what is stored. The
   * process has to end and begin again.
   */
  readonly onDiskFailed?: (error: StoreUnavailable) => void;
  /** Where lines go; nowhere, if nothing is said. */
  readonly log?: Log;
}

/** The pipeline, served on this machine. */
export interface Served {
  readonly stack: LocalStack;
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  readonly issuer: string;
  /** Is the app there? */
  readonly app: boolean;
  /** Ends in order: what is on its way is answered, what is decided is stored and in the views. */
  close(): Promise<void>;
}
