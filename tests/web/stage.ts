import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { launch } from "../browser/chromium.ts";
import { type Person, type PersonOptions, type SignInOptions, signedIn, somebody } from "./person.ts";
import { type Serving, serving } from "./serving.ts";

/** Where the tests of a file play: the real server and a browser, from before the first of them until after the last. */
export interface Stage {
  readonly server: Serving;
  readonly browser: Browser;
  /** Somebody on a device of their own who is not signed in. */
  somebody(name: string, options?: PersonOptions): Promise<Person>;
  signedIn(name: string, options?: SignInOptions): Promise<Person>;
}

/** `set` does what the first test begins with. */
export function stage(set: () => Promise<void> = async () => {}): Stage {
  let server: Serving;
  let browser: Browser;
  // One hook: those of a file's top level do not wait for each other.
  before(async () => {
    server = await serving();
    browser = await launch();
    await set();
  });
  after(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    somebody: (name, options) => somebody(browser, server.origin, name, options),
    signedIn: (name, options) => signedIn(browser, server.origin, name, options),
  };
}
