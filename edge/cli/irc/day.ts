const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** A clock that goes back by less was set right; by more, it began anew. */
const rollover = 6 * 60;

/** The day of a log, by its file's name: `2004-12-25.txt`. Undefined where that is no day. */
export function dayOf(fileName: string): string | undefined {
  const day = /^(\d{4}-\d\d-\d\d)\.(?:txt|log)$/.exec(fileName)?.[1];
  if (day === undefined) return undefined;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return ms >= 0 && new Date(ms).toISOString().startsWith(day) ? day : undefined;
}

/** Of the lines of a day that have a time: the first one's minute, and the latest of all. */
export interface Span {
  readonly first: number;
  readonly latest: number;
}

/**
 * When the lines of a day were written, in ms since 1970, read as UTC. Lines without a time have that of the line before
 * them. A day may go on past midnight; and some clocks have twelve hours only, which begin anew at noon.
 */
export class Times {
  readonly #start: number;
  readonly #turn: number;
  #minute: number;
  #turned = 0;

  constructor(day: string, { first, latest }: Span) {
    this.#start = Date.parse(`${day}T00:00:00Z`);
    this.#minute = first;
    this.#turn = latest < dayMinutes / 2 ? dayMinutes / 2 : dayMinutes;
  }

  /** The moment of the next line. */
  at(minute: number | undefined): number {
    if (minute !== undefined) {
      if (minute + rollover <= this.#minute) this.#turned += this.#turn;
      this.#minute = minute;
    }
    return this.#start + (this.#turned + this.#minute) * minuteMs;
  }
}
