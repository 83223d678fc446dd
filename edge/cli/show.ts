import { Presets, SingleBar } from "cli-progress";
import type { Json, JsonObject, Progress } from "./operation.ts";

type Step = Extract<Progress, { kind: "step" }>;

/** Where progress is shown: a terminal, or a file that somebody reads later. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Without a terminal: seconds between two lines of one step. */
const between = 10;

/**
 * Shows how far a work is while it runs, and answers what comes of it. Each part of its answer goes to `take`, which may
 * keep it waiting.
 */
export async function show(
  work: AsyncGenerator<Progress, JsonObject, undefined>,
  screen: Screen,
  take: (item: Json) => void | Promise<void> = () => {},
): Promise<JsonObject> {
  const shown = screen.isTTY ? bars(screen) : plain(screen);
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      if (next.value.kind === "step") shown.step(next.value);
      else await take(next.value.item);
    }
  } finally {
    shown.end();
    await work.return({});
  }
}

interface Shown {
  step(step: Step): void;
  end(): void;
}

/** Seconds as a person says them. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

export const figure = (value: number) => value.toLocaleString("en-GB");

/** How fast a step goes, and what remains of it: since it began, from where it began. */
class Pace {
  readonly #began = performance.now();
  readonly #from: number;
  constructor({ done }: Step) {
    this.#from = done;
  }
  of({ done, total }: Step): { readonly rate: string; readonly remaining: string } {
    const seconds = (performance.now() - this.#began) / 1000;
    const rate = seconds > 0 ? (done - this.#from) / seconds : 0;
    return {
      rate: `${figure(Math.round(rate))}/s`,
      remaining: total === undefined ? "" : duration((total - done) / rate),
    };
  }
}

function bars(screen: Screen): Shown {
  let bar: SingleBar | undefined;
  let current = "";
  let pace: Pace | undefined;
  const format = ({ total }: Step) =>
    total === undefined
      ? "{step}  {done} {unit} · {rate}"
      : "{step} {bar} {percentage} %  {done} of {all} {unit} · {rate} · {remaining} left";
  const end = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step(step) {
      if (step.step !== current) {
        end();
        current = step.step;
        pace = new Pace(step);
      }
      if (pace === undefined) return;
      const payload = {
        ...{ step: step.step, unit: step.unit, done: figure(step.done), all: figure(step.total ?? 0) },
        ...pace.of(step),
      };
      if (bar === undefined) {
        const options = {
          format: format(step),
          stream: screen as NodeJS.WritableStream,
          barsize: 24,
          hideCursor: true,
        };
        bar = new SingleBar({ ...options, gracefulExit: false }, Presets.shades_classic);
        bar.start(step.total ?? 0, step.done, payload);
      } else {
        bar.setTotal(step.total ?? 0);
        bar.update(step.done, payload);
      }
    },
    end,
  };
}

function plain(screen: Screen): Shown {
  let current: Step | undefined;
  let pace: Pace | undefined;
  let said = 0;
  let shown: Step | undefined;
  const say = (step: Step) => {
    const { rate, remaining } = pace?.of(step) ?? { rate: "", remaining: "" };
    const all = step.total === undefined ? "" : ` of ${figure(step.total)}`;
    const left = remaining === "" || step.done === step.total ? "" : `, ${remaining} left`;
    screen.write(`${step.step}: ${figure(step.done)}${all} ${step.unit}, ${rate}${left}\n`);
    said = performance.now();
    shown = step;
  };
  const end = () => {
    if (current !== undefined && shown !== current) say(current);
  };
  return {
    step(step) {
      if (step.step !== current?.step) {
        end();
        pace = new Pace(step);
        said = performance.now();
      }
      current = step;
      if (performance.now() - said >= between * 1000) say(step);
    },
    end,
  };
}
