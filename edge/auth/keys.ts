import type { JWK } from "jose";

/** The port to the issuer's public keys. */
export interface Keys {
  /**
   * The key of that id, from what is cached; an unknown id fetches the set anew, at most once in five minutes.
   * Answers undefined where the issuer has no such key; throws `KeysUnavailable` where it cannot be asked.
   */
  find(keyId: string): Promise<JWK | undefined>;
}

/** The issuer's keys cannot be had now. Nobody is let in for it: the answer is 503. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}
