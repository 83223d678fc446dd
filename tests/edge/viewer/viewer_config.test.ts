import assert from "node:assert/strict";
import { test } from "node:test";
import { readViewerConfig } from "../../../edge/viewer/viewer_config.ts";
import { clientId, issuer } from "../auth/issuer.ts";

const config = { issuer, clientId, origins: ["https://chat.example"], publicPaths: ["/", "/assets/*", "/index.html"] };

test("a configuration is taken as it is", () => {
  for (const whole of [
    config,
    { ...config, audience: "chat", keysUrl: "https://keys.example/jwks" },
    { ...config, origins: ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost"], publicPaths: ["/*"] },
  ]) {
    assert.deepEqual(readViewerConfig(whole), whole);
  }
});

for (const [what, wrong] of Object.entries({
  nothing: undefined,
  "a list": [config],
  "no issuer": { ...config, issuer: undefined },
  "an issuer that is no address": { ...config, issuer: "cognito" },
  "an issuer in a file": { ...config, issuer: "file:///issuer" },
  "no client": { ...config, clientId: "" },
  "an audience that is none": { ...config, audience: 1 },
  "keys nowhere": { ...config, keysUrl: "keys" },
  "every origin": { ...config, origins: ["*"] },
  "an origin with a path": { ...config, origins: ["https://chat.example/"] },
  "one origin": { ...config, origins: "https://chat.example" },
  "no paths": { ...config, publicPaths: undefined },
  "a path that is none": { ...config, publicPaths: ["assets"] },
  "a pattern inside a path": { ...config, publicPaths: ["/*/x"] },
  "a beginning that is no folder": { ...config, publicPaths: ["/assets*"] },
  "a setting that nobody knows": { ...config, issuers: [] },
})) {
  test(`${what} is no configuration`, () => {
    assert.throws(() => readViewerConfig(wrong), TypeError);
  });
}
