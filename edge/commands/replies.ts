import { CoreUnavailable, CrowbarError } from "@crowbar/domain";
import type { Catalog, Rejection } from "../domain.ts";
import type { Outcome } from "../outcome/outcome.ts";
import { outcomes, type Refusal, refuse } from "../outcome/refusal.ts";
import { type DecidedCommand, StoreUnavailable } from "../store/event_store.ts";
import type { Reply } from "./commands.ts";
import type { Pending } from "./pending.ts";
import { readVerdict, type Verdict } from "./verdict.ts";

/** Outcomes that a rule has judged: these are remembered. Of the others nothing happened. */
const judged: ReadonlySet<Outcome> = new Set(["rejected", "forbidden"]);

/** From verdicts and errors to what is answered. */
export class Replies {
  readonly #outcomeOf: (code: string) => Outcome;
  readonly #report: (defect: unknown) => void;

  /** `report` is told every error that is our own. */
  constructor(catalog: Catalog, report: (defect: unknown) => void) {
    this.#outcomeOf = outcomes(catalog);
    this.#report = report;
  }

  of({ received }: Pending, bytes: Uint8Array, verdict: Verdict): Reply {
    if (!verdict.accepted) return this.refused(verdict.rejection);
    return { kind: "accepted", verdict: bytes, stream: received.stream, commandId: received.id };
  }

  /** The answer to a command whose id is known: its first verdict, if it is the same command of the same person. */
  again(pending: Pending, decided: DecidedCommand): Reply {
    const { received, submission } = pending;
    if (decided.digest !== received.digest || decided.actor !== submission.actor.id) return this.reused(received.id);
    return this.of(pending, decided.verdict, readVerdict(decided.verdict, decided.decidedAt));
  }

  reused(id: string): Reply {
    return { kind: "refused", refusal: refuse("command_id_reused", { name: id }, "/id") };
  }

  /** Did a rule say this, so that it is remembered? */
  isJudged(verdict: Verdict): boolean {
    return verdict.accepted || judged.has(this.#outcomeOf(verdict.rejection.code));
  }

  refused(rejection: Rejection): Reply {
    return { kind: "refused", refusal: { ...rejection, outcome: this.#outcomeOf(rejection.code) } };
  }

  /** What went wrong, as its sender should hear it. Whatever is not foreseen is a defect, and reported. */
  refusalOf(error: unknown): Refusal {
    if (error instanceof StoreUnavailable) {
      this.#report(error);
      return refuse("store_unavailable", { seconds: error.reason === "busy" ? 1 : 5 });
    }
    if (error instanceof CoreUnavailable) return refuse("core_unavailable");
    if (error instanceof CrowbarError) {
      const outcome = this.#outcomeOf(error.code);
      const { code, message, pointer, params } = error;
      if (outcome !== "defect") return { code, message, outcome, params, ...(pointer !== undefined && { pointer }) };
    }
    this.#report(error);
    return refuse("defect");
  }
}
