import type { AggregateName, ContextTypes, ViewData } from "@crowbar/domain";
import type { AggregateNow, Client, SyncStatus, ViewNow, Waiting } from "../types.ts";
import { useAggregate } from "./use_aggregate.ts";
import { useClient } from "./use_client.ts";
import { type RejectedList, useRejected } from "./use_rejected.ts";
import { useSend } from "./use_send.ts";
import { useSyncStatus } from "./use_sync_status.ts";
import { useView } from "./use_view.ts";
import { useWaiting } from "./use_waiting.ts";

/** The hooks of one domain: every command, event, rejection and view narrows by its own types. */
export interface Hooks<C extends ContextTypes> {
  readonly useAggregate: <A extends AggregateName<C>>(name: A, id: string) => AggregateNow<C, A>;
  readonly useView: <const K extends string>(key: K) => ViewNow<ViewData<C, K>>;
  readonly useSend: () => Client<C>["send"];
  readonly useRejected: () => RejectedList<C>;
  readonly useWaiting: () => readonly Waiting<C>[];
  readonly useSyncStatus: () => SyncStatus;
  readonly useClient: () => Client<C>;
}

/** `export const { useView, useSend } = hooksOf<Types>()`, with the `Types` of `@crowbar/domain/<context>`. */
export function hooksOf<C extends ContextTypes>(): Hooks<C> {
  return { useAggregate, useView, useSend, useRejected, useWaiting, useSyncStatus, useClient };
}
