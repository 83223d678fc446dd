import type { Route } from "./route.ts";

/**
 * What may be written down of anything: these members and no others. None of them can hold a body, a token, an e-mail or
 * the query of an address: see `forms.ts`, through which every one of them passes.
 */
export type Line = RequestLine | PartLine | DefectLine;

/** A request that was answered. */
export interface RequestLine {
  readonly event: "request";
  readonly requestId: string;
  readonly method: string;
  readonly route: Route;
  readonly status: number;
  /** Of the refusal. */
  readonly code?: string;
  readonly stream?: string;
  readonly commandId?: string;
  /** How many commands came together, where it was more than one. */
  readonly commands?: number;
  /** Who asked: an id, never a name. */
  readonly actor?: string;
  readonly ms: number;
  readonly traceId?: string;
}

/** Something that a part of the stack did or could not do. */
export interface PartLine {
  readonly event: "part";
  readonly part: Part;
  /** In one word: `started`, `parked`, `failed`. */
  readonly what: string;
  readonly view?: string;
  readonly stream?: string;
  readonly version?: number;
  readonly count?: number;
  readonly error?: ToldError;
}

/** An answer of 5xx that nobody had foreseen: what went wrong, under the id that its sender was told. */
export interface DefectLine {
  readonly event: "defect";
  readonly requestId: string;
  readonly error: ToldError;
}

/** An error without its message, which may quote what it was about. */
export interface ToldError {
  readonly name: string;
  /** The system's or Node's own code: `ENOSPC`. */
  readonly code?: string;
  /** Only of errors of our own, which name things and never quote what people sent. */
  readonly message?: string;
  /** Functions with file, line and column. */
  readonly at: readonly string[];
  readonly cause?: ToldError;
}

export const parts = [
  "server",
  "viewer",
  "commands",
  "store",
  "relay",
  "queue",
  "projector",
  "reconciler",
  "views",
  "push",
  "sign_in",
  "importer",
  "app",
] as const;
export type Part = (typeof parts)[number];
