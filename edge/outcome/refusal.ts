import type { Catalog, Rejection } from "../domain.ts";
import { catalogue, type EdgeCode, type Params } from "./catalogue.ts";
import { http, type Outcome } from "./outcome.ts";

/** A no on its way to the sender. */
export interface Refusal extends Rejection {
  readonly outcome: Outcome;
  /** For the header Retry-After. */
  readonly seconds?: number;
}

/** A no of this package's own catalogue. */
export function refuse(code: EdgeCode, params: Params = {}, pointer?: string): Refusal {
  const [outcome, sentence] = catalogue[code];
  const message = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? `{${name}}`));
  return {
    code,
    message,
    outcome,
    ...(Object.keys(params).length > 0 && { params }),
    ...(pointer !== undefined && { pointer }),
    ...(typeof params.seconds === "number" && { seconds: params.seconds }),
  };
}

/** Says what a no of the domain means: by its catalogue. */
export function outcomes(catalog: Catalog): (code: string) => Outcome {
  const known = new Map<string, Outcome>(
    [...catalog.faults, ...catalog.aggregates.flatMap(({ rejections }) => rejections)].map(({ code, outcome }) => [
      code,
      outcome,
    ]),
  );
  return (code) => known.get(code) ?? "defect";
}

/** The body of every error answer. */
export function errorBody({ code, message, pointer, params, outcome }: Refusal, requestId: string): string {
  const { retryable } = http[outcome];
  const told = message.replaceAll("{requestId}", requestId);
  return JSON.stringify({ error: { code, message: told, pointer, params, retryable, requestId } });
}
