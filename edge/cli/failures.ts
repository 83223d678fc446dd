import { StoreDamaged, StoreUnavailable } from "../store/event_store.ts";
import { ViewsUnavailable } from "../views/view_store.ts";
import { OperationFailed } from "./operation.ts";

/** What went wrong, as whoever ran the operation should hear it. What nobody has foreseen is a defect, with its stack. */
export function failureOf(error: unknown): OperationFailed {
  if (error instanceof OperationFailed) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StoreUnavailable || error instanceof ViewsUnavailable) {
    return new OperationFailed("unavailable", message, { cause: error });
  }
  if (error instanceof StoreDamaged) return new OperationFailed("damaged", message, { cause: error });
  const traced = error instanceof Error ? (error.stack ?? message) : message;
  return new OperationFailed("defect", traced, { cause: error });
}
