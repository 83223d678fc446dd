import type { Policy } from "./policy.ts";

/** What the function at the edge has to know of the place that it stands in. It is put into its bundle. */
export interface ViewerConfig extends Policy {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience?: string;
  /** Where the issuer's keys lie, if not at its well-known place. */
  readonly keysUrl?: string;
}

const required = ["issuer", "clientId", "origins", "publicPaths"] as const;
const optional = ["audience", "keysUrl"] as const;
const origin = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$|^http:\/\/\[::1\](?::\d{1,5})?$/;
const path = /^\/(?:[A-Za-z0-9._-]+\/)*(?:[A-Za-z0-9._-]*|\*)$/;

/** Reads a configuration. @throws TypeError that names what is wrong with it. */
export function readViewerConfig(value: unknown): ViewerConfig {
  const config = members(value);
  for (const name of Object.keys(config)) {
    if (![...required, ...optional].some((known) => known === name))
      throw new TypeError(`There is no setting "${name}".`);
  }
  for (const name of ["issuer", "keysUrl"]) {
    if (name in config || name === "issuer") address(config[name], name);
  }
  for (const name of ["clientId", "audience"]) {
    if (name in config || name === "clientId") text(config[name], name);
  }
  list(config.origins, "origins", origin);
  list(config.publicPaths, "publicPaths", path);
  return config as unknown as ViewerConfig;
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new TypeError("The viewer's configuration has to be an object.");
}

function text(value: unknown, name: string): asserts value is string {
  if (typeof value !== "string" || value === "") throw new TypeError(`"${name}" has to be a text.`);
}

function address(value: unknown, name: string): void {
  text(value, name);
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new TypeError(`"${name}" has to be an address, not ${JSON.stringify(value)}.`);
  }
}

function list(value: unknown, name: string, form: RegExp): void {
  if (!Array.isArray(value)) throw new TypeError(`"${name}" has to be a list.`);
  for (const each of value) {
    if (typeof each !== "string" || !form.test(each)) {
      throw new TypeError(`"${name}" holds ${JSON.stringify(each)}, which does not have the form ${form.source}.`);
    }
  }
}
