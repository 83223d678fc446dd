import { createMiddleware } from "hono/factory";
import { authenticate } from "../auth/authenticate.ts";
import type { Verifier } from "../auth/verifier.ts";
import type { RequestEnv } from "./request.ts";
import { respond } from "./respond.ts";

/** Lets only those through who hold a token that is to be trusted, whatever was in front of this. */
export const signedIn = (verifier: Verifier) =>
  createMiddleware<RequestEnv>(async (c, next) => {
    const header = c.req.header("authorization");
    const entered = await authenticate(verifier, header === undefined ? [] : [header]);
    if ("refusal" in entered) return respond(c, entered.refusal);
    c.set("actor", entered.actor);
    return next();
  });
