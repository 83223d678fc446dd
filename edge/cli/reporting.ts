import type { Progress } from "./operation.ts";

/** Makes what a function says through a callback part of a generator: how far it is, and at last what it answers. */
export async function* reporting<T>(
  step: string,
  unit: string,
  work: (say: (done: number, total: number) => void) => Promise<T>,
): AsyncGenerator<Progress, T, undefined> {
  let said: Progress | undefined;
  let ended = false;
  let wake = () => {};
  const working = work((done, total) => {
    said = { kind: "step", step, done, total, unit };
    wake();
  }).finally(() => {
    ended = true;
    wake();
  });
  working.catch(() => {}); // awaited below
  while (!ended || said !== undefined) {
    if (said === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    const now = said;
    said = undefined;
    yield now;
  }
  return await working;
}
