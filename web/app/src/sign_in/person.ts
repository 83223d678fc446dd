import { kept } from "../device/kept.ts";

/** Whoever is signed in. */
export interface Person {
  readonly id: string;
  /** The name with which they signed in. */
  readonly name?: string;
}

/** Who signed in on this device and has not signed out: the app opens for them offline, where no token can be had. */
export const lastPerson = kept<Person | undefined>("person", undefined);
