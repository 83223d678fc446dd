import type { JWK } from "jose";
import { type KeySet, kept, readKeySet } from "./key_set.ts";
import type { Keys } from "./keys.ts";

/** Keys that are handed over: the twin for tests, and for an issuer in the same process. */
export class FixedKeys implements Keys {
  #keys: KeySet = new Map();

  constructor(keys: readonly JWK[] = []) {
    this.publish(keys);
  }

  /** These are the issuer's keys from now on. */
  publish(keys: readonly JWK[]): void {
    this.#keys = kept(readKeySet({ keys }) ?? new Map(), this.#keys);
  }

  async find(keyId: string): Promise<JWK | undefined> {
    return this.#keys.get(keyId);
  }
}
