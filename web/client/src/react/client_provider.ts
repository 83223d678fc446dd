import type { ContextTypes } from "@crowbar/domain";
import { createElement, type ReactElement, type ReactNode } from "react";
import type { Client } from "../types.ts";
import { ClientContext } from "./client_context.ts";

/** Gives a client to the hooks below. Whoever created it closes it. */
export function ClientProvider<C extends ContextTypes>(props: {
  readonly client: Client<C>;
  readonly children?: ReactNode;
}): ReactElement {
  const client = props.client as unknown as Client<ContextTypes>;
  return createElement(ClientContext.Provider, { value: client }, props.children);
}
