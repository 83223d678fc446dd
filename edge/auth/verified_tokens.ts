import { hash } from "node:crypto";
import type { JWK } from "jose";
import { LRUCache } from "lru-cache";
import type { Holder } from "./claims.ts";

/** A token whose signature was right, and the key that said so. */
export interface VerifiedToken extends Holder {
  readonly keyId: string;
  readonly key: JWK;
}

/**
 * What was found out about the tokens seen last, by their sha-256: nobody finds a token here, and another one finds
 * nothing. Whoever asks has to look at the moments again.
 */
export class VerifiedTokens {
  readonly #tokens: LRUCache<string, VerifiedToken>;

  /** Remembers at most `max` tokens. */
  constructor(max: number) {
    this.#tokens = new LRUCache({ max });
  }

  static keyOf(token: string): string {
    return hash("sha256", token, "base64url");
  }

  find(key: string): VerifiedToken | undefined {
    return this.#tokens.get(key);
  }
  keep(key: string, token: VerifiedToken): void {
    this.#tokens.set(key, token);
  }
  forget(key: string): void {
    this.#tokens.delete(key);
  }
}
