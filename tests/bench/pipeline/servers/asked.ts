/** What a server tells whoever has started it, when it listens. */
export interface Listening {
  readonly origin: string;
  readonly issuer: string;
}

/** What it is asked, and answers: how much memory it has (bytes), or that everything is in the views. */
export type Question = "memory" | "settled";
export interface Answers {
  readonly memory: { readonly rss: number };
  readonly settled: Record<never, never>;
}

/** Answers until whoever has started this process lets go of it. */
export function answer(listening: Listening, settled: () => Promise<void>, close: () => Promise<void>): void {
  process.on("message", async (question: Question) => {
    if (question === "settled") await settled();
    process.send?.(question === "memory" ? { rss: process.memoryUsage.rss() } : {});
  });
  process.on("disconnect", () => {
    void close().then(() => process.exit(0));
  });
  process.send?.(listening);
}
