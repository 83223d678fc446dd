import type { Outcome as DomainOutcome } from "@crowbar/domain";

/** What happened to a request, as its sender should take it: the domain's outcomes, and those of the way there. */
export type Outcome =
  | DomainOutcome
  | "not_signed_in"
  | "not_found"
  | "wrong_method"
  | "timed_out"
  | "wrong_media_type"
  | "too_old"
  | "too_many";

/** The one table from outcome to HTTP. `retryable`: the same request may do better later, without being changed. */
export const http = {
  malformed: { status: 400, retryable: false },
  not_signed_in: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  wrong_method: { status: 405, retryable: false },
  timed_out: { status: 408, retryable: true },
  conflict: { status: 409, retryable: true },
  too_large: { status: 413, retryable: false },
  wrong_media_type: { status: 415, retryable: false },
  rejected: { status: 422, retryable: false },
  too_old: { status: 426, retryable: false },
  too_many: { status: 429, retryable: true },
  defect: { status: 500, retryable: false },
  unavailable: { status: 503, retryable: true },
} as const satisfies Record<Outcome, { readonly status: number; readonly retryable: boolean }>;
