import { type Case, manyChannels } from "../case.ts";
import { openLoop } from "../load/open.ts";

const everyMs = 2_000;

/** How memory grows under half of the peak, with commands that leave nothing more to be kept in memory. */
export const memory: Case = {
  name: "memory",
  async run({ crowbar, minutes, peaks, say }) {
    const { connections, chatter, server } = crowbar;
    await crowbar.enter(manyChannels);
    const began = performance.now();
    const seen: { readonly minute: number; readonly mb: number }[] = [];
    const watch = setInterval(() => {
      void server.ask("usage").then(({ rss }) => {
        seen.push({ minute: (performance.now() - began) / 60_000, mb: rss / 2 ** 20 });
        if (seen.length % 15 === 0)
          say(`memory after ${seen.at(-1)?.minute.toFixed(1)} min: ${(rss / 2 ** 20).toFixed(0)} MB`);
      });
    }, everyMs);
    const rate = (peaks.get("crowbar") ?? 1_000) / 2;
    await openLoop({ connections, rate, seconds: minutes * 60, next: () => chatter.steady() });
    clearInterval(watch);
    await server.ask("settled");
    // At first caches fill: they are bounded.
    const later = seen.filter(({ minute }) => minute >= minutes / 2);
    return [
      {
        case: `memory over ${minutes} min at half of the peak, slope of the second half`,
        unit: "MB/min",
        medians: { crowbar: slope(later) },
        aim: "flat",
      },
      { case: "memory at its end", unit: "MB", medians: { crowbar: later.at(-1)?.mb ?? Number.NaN } },
    ];
  },
};

/** By least squares. */
function slope(points: readonly { readonly minute: number; readonly mb: number }[]): number {
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ minute }) => minute), mean(({ mb }) => mb)];
  const together = points.reduce((sum, { minute, mb }) => sum + (minute - x) * (mb - y), 0);
  return together / points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}
