import { compactVerify, errors, type JWK } from "jose";
import type { Clock } from "../context/clock.ts";
import type { Actor, Domain } from "../domain.ts";
import { holds, readClaims, type Trusted } from "./claims.ts";
import type { Keys } from "./keys.ts";
import type { TokenFlaw } from "./token_flaw.ts";
import { tokenParts } from "./token_parts.ts";
import { VerifiedTokens } from "./verified_tokens.ts";
import type { Verifier } from "./verifier.ts";

export interface AccessTokensOptions extends Trusted {
  readonly keys: Keys;
  readonly clock: Clock;
  /** The one strict reader of JSON: `domain.check`. */
  readonly check: Domain["check"];
  /** Most tokens whose verification is remembered until they expire; 0 verifies each time. 10,000, if nothing is said. */
  readonly remembered?: number;
  /** Is told why a token was refused: never the token. */
  readonly onRefused?: (flaw: TokenFlaw) => void;
}

/**
 * Verifies access tokens as Cognito makes them (RFC 7519, RFC 8725): RS256 alone, by the issuer's keys alone. What costs
 * nothing is checked first, so that a flood of nonsense neither reaches the issuer nor keeps the processor busy.
 */
export class AccessTokens implements Verifier {
  readonly #options: AccessTokensOptions;
  readonly #verified: VerifiedTokens | undefined;

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    const { remembered = 10_000 } = options;
    this.#verified = remembered > 0 ? new VerifiedTokens(remembered) : undefined;
  }

  async verify(token: string): Promise<Actor | undefined> {
    const result = (await this.#remembered(token)) ?? (await this.#examine(token));
    if (typeof result !== "string") return result;
    this.#options.onRefused?.(result);
    return undefined;
  }

  async #remembered(token: string): Promise<Actor | TokenFlaw | undefined> {
    if (this.#verified === undefined) return undefined;
    const at = VerifiedTokens.keyOf(token);
    const known = this.#verified.find(at);
    if (known === undefined) return undefined;
    if (!holds(known, this.#options.clock.now())) {
      this.#verified.forget(at);
      return "time";
    }
    // A key that the issuer has taken back verifies nothing any more; another one under its id has to verify anew.
    return (await this.#options.keys.find(known.keyId)) === known.key ? known.actor : undefined;
  }

  async #examine(token: string): Promise<Actor | TokenFlaw> {
    const { check, keys, clock } = this.#options;
    const parts = tokenParts(check, token);
    if (typeof parts === "string") return parts;
    const holder = readClaims(parts.claims, this.#options);
    if (typeof holder === "string") return holder;
    if (!holds(holder, clock.now())) return "time";

    const { keyId } = parts;
    const key = await keys.find(keyId);
    if (key === undefined) return "key";
    if (!(await isSigned(token, key))) return "signature";
    this.#verified?.keep(VerifiedTokens.keyOf(token), { ...holder, keyId, key });
    return holder.actor;
  }
}

async function isSigned(token: string, key: JWK): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: ["RS256"] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
