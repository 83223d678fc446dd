import type { Configuration } from "oidc-provider";
import type { Person } from "./person.ts";

/**
 * What makes oidc-provider's tokens look as Cognito's do, so that the stack checks both by the same code: `token_use` and
 * `username` in an access token, no `aud` in it, no `typ` in its header.
 */
export function cognitoShape(find: (id: string) => Person | undefined) {
  return {
    async extraTokenClaims(_ctx, token) {
      const person = token.kind === "AccessToken" ? find(token.accountId) : undefined;
      return { token_use: "access", username: person?.name };
    },
    formats: {
      customizers: {
        jwt(_ctx, _token, parts) {
          // oidc-provider insists on an audience, and writes those members that can be enumerated.
          const { aud } = parts.payload;
          Object.defineProperty(parts.payload, "aud", { value: aud, enumerable: false, writable: true });
          parts.header = { typ: undefined };
        },
      },
    },
    claims: { openid: ["sub", "token_use", "cognito:username"], profile: ["name"] },
    async findAccount(_ctx, id) {
      const person = find(id);
      if (person === undefined) return undefined;
      const { name } = person;
      return { accountId: id, claims: async () => ({ sub: id, token_use: "id", "cognito:username": name, name }) };
    },
  } satisfies Configuration;
}
