export { ClientProvider } from "./client_provider.ts";
export { type Hooks, hooksOf } from "./hooks_of.ts";
export { useAggregate } from "./use_aggregate.ts";
export { useClient } from "./use_client.ts";
export { type RejectedList, useRejected } from "./use_rejected.ts";
export { useSend } from "./use_send.ts";
export { useSyncStatus } from "./use_sync_status.ts";
export { useView } from "./use_view.ts";
export { useWaiting } from "./use_waiting.ts";
