import type { Actor } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import { bearerToken } from "./bearer.ts";
import { KeysUnavailable } from "./keys.ts";
import type { Verifier } from "./verifier.ts";

/** When it is worth asking again whether the issuer can be reached. */
const retrySeconds = 5;

/**
 * Who sends a request, from the values of all its Authorization headers (none, one, or more than one). Every token that
 * is not to be trusted is answered with the same refusal; `keys_unavailable` says that the issuer cannot be asked.
 */
export async function authenticate(
  verifier: Verifier,
  authorization: readonly string[],
): Promise<{ readonly actor: Actor } | { readonly refusal: Refusal }> {
  const token = bearerToken(authorization);
  if (token === "missing") return { refusal: refuse("token_missing") };
  try {
    const actor = token === undefined ? undefined : await verifier.verify(token);
    return actor === undefined ? { refusal: refuse("token_refused") } : { actor };
  } catch (error) {
    if (error instanceof KeysUnavailable) return { refusal: refuse("keys_unavailable", { seconds: retrySeconds }) };
    throw error;
  }
}
