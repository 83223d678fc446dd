import { ViewsUnavailable } from "./view_store.ts";

/** Answers what the task answers; what the file system has against it is said as ViewsUnavailable: `what`, and why. */
export async function available<T>(what: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    // Whatever has no code is no answer of a file system, but a defect of ours, or said already.
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new ViewsUnavailable(`${what}: ${cause.message}`, { cause });
  }
}
