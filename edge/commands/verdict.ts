import type { Claim } from "@crowbar/domain";
import type { Rejection } from "../domain.ts";
import type { StoredEvent } from "../store/event_store.ts";
import { elements } from "./elements.ts";

/** A verdict, with its events as the bytes that are stored. */
export type Verdict =
  | {
      readonly accepted: true;
      readonly version: number;
      readonly events: readonly StoredEvent[];
      readonly claims: readonly Claim[];
    }
  | { readonly accepted: false; readonly rejection: Rejection };

const decoder = new TextDecoder();
// The core writes the members in this order, and a stream's name holds no quote: its first occurrence is the list.
const eventsMark = Buffer.from('"events":[');

/** Reads the canonical bytes of a verdict on a stream that was at `decidedAt`. */
export function readVerdict(bytes: Uint8Array, decidedAt: number): Verdict {
  const verdict = JSON.parse(decoder.decode(bytes));
  if (!verdict.accepted) return verdict;
  const list = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(eventsMark) + eventsMark.length - 1;
  return {
    accepted: true,
    version: verdict.version,
    events: elements(bytes, list).map((event, index) => ({ version: decidedAt + index + 1, bytes: event })),
    claims: verdict.claims ?? [],
  };
}
