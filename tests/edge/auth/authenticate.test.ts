import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSync } from "@crowbar/domain/chat";
import { AccessTokens } from "../../../edge/auth/access_tokens.ts";
import { authenticate } from "../../../edge/auth/authenticate.ts";
import { FixedKeys } from "../../../edge/auth/fixed_keys.ts";
import { KeysUnavailable } from "../../../edge/auth/keys.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { forged, misplaced } from "./forged.ts";
import { clientId, issuer, noon, ours, token } from "./issuer.ts";

const chat = loadSync();
const keys = new FixedKeys([ours.jwk]);
const clock = new FixedClock(noon);
const tokens = new AccessTokens({ issuer, clientId, keys, clock, check: (json) => chat.check(json) });
const refused = { outcome: "not_signed_in", code: "token_refused" };

test("the scheme's letters may be large or small", async () => {
  for (const scheme of ["Bearer", "bearer", "BEARER"]) {
    assert.deepEqual(await authenticate(tokens, [`${scheme} ${token()}`]), { actor: { id: "ada", roles: [] } });
  }
});

test("no token at all is told apart from one that is not taken", async () => {
  const answer = await authenticate(tokens, []);
  assert.ok("refusal" in answer && answer.refusal.code === "token_missing");
});

test("every forged token and every other header is refused alike", async () => {
  const headers = [...Object.values(forged).map((text) => [`Bearer ${text}`]), ...Object.values(misplaced)];
  const answers = await Promise.all(headers.map((values) => authenticate(tokens, values)));
  const first = answers[0];
  assert.ok(first !== undefined && "refusal" in first);
  assert.deepEqual({ outcome: first.refusal.outcome, code: first.refusal.code }, refused);
  for (const answer of answers) assert.deepEqual(answer, first);
});

test("an issuer that cannot be asked is unavailable, and every other error goes on", async () => {
  const failing = (error: Error) => ({ verify: () => Promise.reject(error) });
  const away = await authenticate(failing(new KeysUnavailable("away")), [`Bearer ${token()}`]);
  assert.ok("refusal" in away && away.refusal.code === "keys_unavailable" && (away.refusal.seconds ?? 0) > 0);
  await assert.rejects(authenticate(failing(new TypeError("ours")), [`Bearer ${token()}`]), /ours/);
});
