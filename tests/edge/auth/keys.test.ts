import { FixedKeys } from "../../../edge/auth/fixed_keys.ts";
import { IssuerKeys } from "../../../edge/auth/issuer_keys.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { noon } from "./issuer.ts";
import { KeyServer } from "./key_server.ts";
import { keysContract } from "./keys_contract.ts";

keysContract("fixed keys", async (published) => {
  const keys = new FixedKeys(published);
  return {
    keys,
    publish: async (next) => keys.publish(next),
    [Symbol.asyncDispose]: async () => {},
  };
});

keysContract("an issuer's keys", async (published) => {
  const server = await KeyServer.start(published);
  const clock = new FixedClock(noon);
  return {
    keys: new IssuerKeys({ clock, issuer: server.issuer }),
    // An id that is not known is asked for again after five minutes.
    publish: async (keys) => {
      server.publish({ keys });
      await clock.advance(5 * 60_000);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
});
