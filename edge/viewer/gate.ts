import type { CloudFrontRequest } from "aws-lambda";
import { authenticate } from "../auth/authenticate.ts";
import type { Verifier } from "../auth/verifier.ts";
import { readBody } from "../commands/body.ts";
import { domainHeader } from "../commands/routes.ts";
import type { Actor, Domain } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import type { Answered } from "./answer.ts";
import { unfitBody, wholeBody } from "./body.ts";
import type { Early } from "./early.ts";
import { headerValue, headerValues } from "./headers.ts";
import { readPath } from "./path.ts";
import { type Door, doors, methodsOf, type Policy } from "./policy.ts";

/** A request that may go on, and as whose. */
export interface Passed {
  readonly path: string;
  readonly actor?: Actor;
}

/** Who and what goes on to the origin. */
export class Gate {
  readonly #domain: Domain;
  readonly #verifier: Verifier;
  readonly #early: Early;
  readonly #origins: ReadonlySet<string>;
  readonly #doorOf: (path: string) => Door;

  constructor(domain: Domain, verifier: Verifier, early: Early, policy: Policy) {
    this.#domain = domain;
    this.#verifier = verifier;
    this.#early = early;
    this.#origins = new Set(policy.origins);
    this.#doorOf = doors(policy);
  }

  async enter(request: CloudFrontRequest, eventType: string): Promise<Passed | Answered> {
    const path = readPath(request.uri);
    if (path === undefined) return { refusal: refuse("path_malformed") };
    const door = this.#doorOf(path);
    const wrong = this.#wrongOrigin(request, door) ?? wrongMethod(request, path, door);
    if (wrong !== undefined) return wrong;
    if (door === "public") return { path };
    const signedIn = await authenticate(this.#verifier, headerValues(request.headers, "authorization"));
    if ("refusal" in signedIn) return signedIn;
    const { actor } = signedIn;
    const refusal = door === "commands" ? await this.#refusal(request, eventType, actor) : undefined;
    return refusal === undefined ? { path, actor } : { refusal };
  }

  // The app's own pages ask nobody before they send a command to where they come from; whoever asks is another's page.
  #wrongOrigin({ method, headers }: CloudFrontRequest, door: Door): Answered | undefined {
    const origin = headerValue(headers, "origin");
    if (origin === undefined || (door !== "commands" && method !== "OPTIONS") || this.#origins.has(origin))
      return undefined;
    return { refusal: refuse("origin_not_allowed", { name: origin.slice(0, 200) }) };
  }

  async #refusal(request: CloudFrontRequest, eventType: string, actor: Actor): Promise<Refusal | undefined> {
    const unfit = unfitBody(request);
    if (unfit !== undefined) return unfit;
    const body = wholeBody(request, eventType);
    if (!(body instanceof Uint8Array)) return body;
    const asked = readBody(this.#domain, body);
    if ("code" in asked) return asked;
    // Each command of a list is answered by itself, and decided on what those before it leave: that is not for here.
    const [command] = asked.commands;
    if (asked.many || command === undefined) return undefined;
    // Whoever decides by other rules than these has to hear of that, not of a misreading.
    const rules = headerValue(request.headers, domainHeader);
    return rules === undefined || rules === this.#domain.hash ? this.#early.refusal(command, actor) : undefined;
  }
}

function wrongMethod({ method }: CloudFrontRequest, path: string, door: Door): Answered | undefined {
  const allow = methodsOf(door);
  if (allow.includes(method)) return undefined;
  return { refusal: refuse("method_not_allowed", { name: path, expected: allow.join(", "), actual: method }), allow };
}
