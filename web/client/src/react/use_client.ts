import type { ContextTypes } from "@crowbar/domain";
import { useContext } from "react";
import type { Client } from "../types.ts";
import { ClientContext } from "./client_context.ts";

/** The client of the tree. @throws Error where there is no `ClientProvider` above. */
export function useClient<C extends ContextTypes>(): Client<C> {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error("There is no ClientProvider above.");
  return client as unknown as Client<C>;
}
