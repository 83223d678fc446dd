import type { Event, Fact } from "../rivals/chat/contract.ts";

/** 2025-10-09 in ms: the moment at which every log begins. */
export const beginning = 1_760_000_000_000;

const encoder = new TextEncoder();

export type Log = { readonly stream: string; readonly events: readonly Event[]; readonly bytes: Uint8Array };

export const ndjson = (values: readonly unknown[]): Uint8Array =>
  encoder.encode(values.map((value) => `${JSON.stringify(value)}\n`).join(""));

export const logOf = (stream: string, events: readonly Event[]): Log => ({ stream, events, bytes: ndjson(events) });

/** A stored event with its keys in the canonical order. */
export const stored = (
  fact: Fact,
  stream: string,
  version: number,
  at: number,
  actor: string,
  command: string,
  domain: string,
) =>
  ({
    id: `${command}.0`,
    stream,
    version,
    type: fact.type,
    schema: fact.type === "channel_created" ? 2 : 1,
    at,
    actor: { id: actor, roles: [] },
    command,
    domain,
    data: fact.data,
  }) as Event;
