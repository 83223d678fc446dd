import type { ContextTypes } from "@crowbar/domain";
import { createContext } from "react";
import type { Client } from "../types.ts";

/** The client of the tree. Which domain it is of, `hooksOf` says. */
export const ClientContext = createContext<Client<ContextTypes> | undefined>(undefined);
