/** How a part is: it does its work, it is behind, or it does none. */
export type PartState = "ok" | "slow" | "stopped";

export const partNames = ["store", "relay", "projector", "views", "push", "sign_in"] as const;
export type PartName = (typeof partNames)[number];

export interface PartHealth {
  readonly state: PartState;
  /** For a person: `Everything that is stored is published.` */
  readonly says: string;
  /** What is counted, by words that a person reads: `{"events": 90000, "dead letters": 0}`. */
  readonly numbers: { readonly [label: string]: number };
}

/** What `GET /health` answers: 200, or 503 where a part has stopped. */
export interface Health {
  /** The worst of its parts. */
  readonly state: PartState;
  /** Since when this process runs, in ms since 1970. */
  readonly since: number;
  /** The hash of the module whose rules are served. */
  readonly domain: string;
  readonly parts: { readonly [name in PartName]: PartHealth };
}

/** The worst state of all. */
export function worstOf(parts: Health["parts"]): PartState {
  const states = partNames.map((name) => parts[name].state);
  return (["stopped", "slow"] as const).find((state) => states.includes(state)) ?? "ok";
}

export const healthStatus = (state: PartState) => (state === "stopped" ? 503 : 200);
