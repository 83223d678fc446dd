interface Event {
  readonly schema: number;
  readonly domain: string;
  readonly data: unknown;
}
interface Verdict {
  readonly accepted: boolean;
  readonly events?: readonly Event[];
  readonly rejection?: { readonly message: string };
}

const decoder = new TextDecoder();
const read = (verdict: Uint8Array): Verdict => JSON.parse(decoder.decode(verdict));

/**
 * Is a stored verdict what the module answers today? The same module answers the same bytes. Another one has another hash;
 * it may write a later shape of an event, and say a no in other words: what is decided has to be the same.
 */
export function sameVerdict(stored: Uint8Array, today: Uint8Array, domain: string): boolean {
  if (Buffer.compare(stored, today) === 0) return true;
  const before = read(stored);
  const now = read(today);
  // Nothing in a no says which module said it.
  if (!before.accepted) return JSON.stringify(withoutWords(before)) === JSON.stringify(withoutWords(now));
  const events = before.events ?? [];
  if (events.length === 0 || events.some((event) => event.domain === domain)) return false;
  if (events.length !== now.events?.length) return false;
  const reshaped = events.map((event, index) => event.schema !== now.events?.[index]?.schema);
  return JSON.stringify(comparable(before, reshaped)) === JSON.stringify(comparable(now, reshaped));
}

function withoutWords({ rejection, ...verdict }: Verdict) {
  return { ...verdict, rejection: { ...rejection, message: undefined } };
}

function comparable({ events = [], ...verdict }: Verdict, reshaped: readonly boolean[]) {
  const alike = events.map((event, index) => {
    const shape = reshaped[index] ? { schema: undefined, data: undefined } : {};
    return { ...event, domain: undefined, ...shape };
  });
  return { ...verdict, events: alike };
}
