import type { JWK } from "jose";
import type { Clock } from "../context/clock.ts";
import { fetchKeySet } from "./fetch_key_set.ts";
import { type KeySet, kept } from "./key_set.ts";
import { type Keys, KeysUnavailable } from "./keys.ts";

export interface IssuerKeysOptions {
  readonly clock: Clock;
  readonly issuer: string;
  /** Where the set lies, if not at `<issuer>/.well-known/jwks.json`. */
  readonly url?: string;
  /** How long the issuer may take. 3,000, if nothing is said. */
  readonly timeoutMs?: number;
  /** Is told each time that the set could not be fetched. */
  readonly onFailure?: (error: Error) => void;
}

/** Whoever sends tokens with ids that he makes up does not make us ask more often than this. */
const againMs = 5 * 60_000;
/** An issuer that did not answer is asked again sooner: meanwhile nobody new can sign in. */
const afterFailureMs = 10_000;
/** A set that old is fetched anew even if all that is asked for is in it: a key may have been taken back. */
const staleMs = 60 * 60_000;

/** The keys of an issuer that is asked over HTTP. */
export class IssuerKeys implements Keys {
  readonly #clock: Clock;
  readonly #url: URL;
  readonly #timeoutMs: number;
  readonly #onFailure: (error: Error) => void;
  #keys: KeySet = new Map();
  #askedAt = Number.NEGATIVE_INFINITY;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #failure: Error | undefined;
  #fetching: Promise<void> | undefined;

  /** @throws TypeError where the address is neither https nor on this machine. */
  constructor({ clock, issuer, url, timeoutMs = 3_000, onFailure = () => {} }: IssuerKeysOptions) {
    this.#clock = clock;
    this.#url = new URL(url ?? `${issuer.replace(/\/$/, "")}/.well-known/jwks.json`);
    const here = ["127.0.0.1", "[::1]", "localhost"].includes(this.#url.hostname);
    if (this.#url.protocol !== "https:" && !(here && this.#url.protocol === "http:")) {
      throw new TypeError(`The issuer's keys have to come over https, not from ${this.#url.origin}.`);
    }
    this.#timeoutMs = timeoutMs;
    this.#onFailure = onFailure;
  }

  async find(keyId: string): Promise<JWK | undefined> {
    const key = this.#keys.get(keyId);
    if (key !== undefined) {
      // Nobody waits for a set that is only old.
      if (this.#since(this.#fetchedAt) >= staleMs && this.#mayAsk()) void this.#fetch();
      return key;
    }
    if (this.#mayAsk()) void this.#fetch();
    await this.#fetching;
    const found = this.#keys.get(keyId);
    if (found === undefined && this.#failure !== undefined) {
      throw new KeysUnavailable(`The keys of ${this.#url} cannot be had now.`, { cause: this.#failure });
    }
    return found;
  }

  #mayAsk(): boolean {
    const wait = this.#failure === undefined ? againMs : afterFailureMs;
    return this.#fetching === undefined && this.#since(this.#askedAt) >= wait;
  }

  /** A clock that was set back counts as much time gone by: it has to come right by itself. */
  #since(moment: number): number {
    const ms = this.#clock.now() - moment;
    return ms < 0 ? Number.POSITIVE_INFINITY : ms;
  }

  /** Whoever asks meanwhile waits for the same answer. Keeps the keys that there are where there is none. */
  #fetch(): Promise<void> {
    this.#askedAt = this.#clock.now();
    this.#fetching = fetchKeySet(this.#url, this.#timeoutMs).then(
      (keys) => {
        this.#keys = kept(keys, this.#keys);
        this.#fetchedAt = this.#askedAt;
        this.#failure = undefined;
        this.#fetching = undefined;
      },
      (error: Error) => {
        this.#failure = error;
        this.#fetching = undefined;
        this.#onFailure(error);
      },
    );
    return this.#fetching;
  }
}
