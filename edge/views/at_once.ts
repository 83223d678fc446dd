/** Runs a task for each of many, a few at once. Rejects with the first error, after those that were running have ended. */
export async function atOnce<T>(most: number, all: Iterable<T>, task: (one: T) => Promise<void>): Promise<void> {
  const rest = all[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = rest.next(); !next.done && !failed; next = rest.next()) {
      try {
        await task(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: most }, worker));
  for (const { status, reason } of ended as PromiseRejectedResult[]) if (status === "rejected") throw reason;
}
