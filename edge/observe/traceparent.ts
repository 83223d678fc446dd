/** Where a span hangs in its trace (W3C Trace Context). */
export interface Place {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Is it recorded? */
  readonly sampled: boolean;
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const nothing = /^0+$/;

/** What a `traceparent` header says; undefined where there is none, or it is not well formed. */
export function readTraceparent(header: string | undefined): Place | undefined {
  const [, version, traceId, spanId, flags, more] = form.exec(header ?? "") ?? [];
  if (version === undefined || traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // Later versions may say more; ff is none, and this one says just so much.
  if (version === "ff" || (version === "00" && more !== undefined)) return undefined;
  if (nothing.test(traceId) || nothing.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function writeTraceparent({ traceId, spanId, sampled }: Place): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}
