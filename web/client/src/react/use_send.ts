import type { ContextTypes } from "@crowbar/domain";
import type { Client } from "../types.ts";
import { useClient } from "./use_client.ts";

/** How to send a command: it is decided in the same moment. The same function for the life of the client. */
export function useSend<C extends ContextTypes>(): Client<C>["send"] {
  return useClient<C>().send;
}
