import type { Actor } from "../domain.ts";

/** Says who holds an access token. */
export interface Verifier {
  /**
   * Answers the person, or undefined where the token is not to be trusted: never why, so that nobody can probe. Throws
   * `KeysUnavailable` where the issuer cannot be asked.
   */
  verify(token: string): Promise<Actor | undefined>;
}
