import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { type SignIn, type SignInOptions, signIn } from "../../../edge/local/sign_in/sign_in.ts";

export const noon = Date.UTC(2026, 2, 1, 12);

/** A local issuer behind a real port, with its files in a folder of its own, and an app to return to. */
export interface Issuing {
  readonly issuer: string;
  /** Where the app is. */
  readonly origin: string;
  readonly folder: string;
  readonly signIn: () => SignIn;
  /** What it reported as unforeseen. */
  readonly errors: readonly unknown[];
  readonly clock: FixedClock;
  /** Ends it and begins it anew with the same files under the same address. */
  restart(): Promise<void>;
}

export async function issuing(t: TestContext, options: Partial<SignInOptions> = {}): Promise<Issuing> {
  const folder = mkdtempSync(join(tmpdir(), "crowbar-sign-in-"));
  const errors: unknown[] = [];
  const clock = new FixedClock(noon);
  let current: SignIn;
  const server = createServer((request, response) => {
    if (/^\/(callback|signed-out)\b/.test(request.url ?? "")) response.end("the app");
    else current.handler(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}/auth`;
  const begin = () => signIn({ issuer, folder, clock, onError: (error) => errors.push(error), ...options });
  current = await begin();
  t.after(() => {
    server.close();
    server.closeAllConnections();
    current.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    issuer,
    origin,
    folder,
    signIn: () => current,
    errors,
    clock,
    async restart() {
      current.close();
      current = await begin();
    },
  };
}
