import { createContext, useContext } from "react";
import type { Person } from "./person.ts";
import type { Session } from "./session.ts";

export interface SignedIn {
  readonly session: Session;
  readonly person: Person;
}

export const SessionContext = createContext<SignedIn | undefined>(undefined);

/** Who is signed in, and how to sign out. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SessionContext);
  if (signedIn === undefined) throw new Error("Nobody is signed in here.");
  return signedIn;
}
