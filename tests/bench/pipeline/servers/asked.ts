/** What a server tells whoever has started it, when it listens. */
export interface Listening {
  readonly origin: string;
  readonly issuer: string;
}

/** What it is asked, and answers: what it uses, or that everything is in the views. */
export type Question = "usage" | "settled";
export interface Answers {
  readonly usage: Usage;
  readonly settled: Record<never, never>;
}

/** Memory in bytes, and the processor's time in ms since it began: of all threads, and of the one that runs JavaScript. */
export interface Usage {
  readonly rss: number;
  readonly cpuMs: number;
  readonly mainMs: number;
}

/** Answers until whoever has started this process lets go of it. */
export function answer(listening: Listening, settled: () => Promise<void>, close: () => Promise<void>): void {
  process.on("message", async (question: Question) => {
    if (question === "settled") await settled();
    process.send?.(question === "usage" ? usage() : {});
  });
  process.on("disconnect", () => {
    void close().then(() => process.exit(0));
  });
  process.send?.(listening);
}

function usage(): Usage {
  const ms = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1_000;
  return {
    rss: process.memoryUsage.rss(),
    cpuMs: ms(process.cpuUsage()),
    mainMs: ms(process.threadCpuUsage()),
  };
}
