// A process that writes views until it is killed, and says what was acknowledged. Arguments: the folder, a number to begin at.
import { FileViews } from "../../../edge/views/file_views.ts";
import { contentOf, keysWritten } from "./written_views.ts";

const [folder = "", start = "0"] = process.argv.slice(2);
const views = await FileViews.open(folder);
let count = Number(start);

const writer = async (key: string) => {
  for (;;) {
    const before = await views.read(key);
    count += 1;
    const mine = count;
    process.stdout.write(`${JSON.stringify({ key, begun: mine })}\n`);
    const condition = before === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: before.etag };
    const { kind } = await views.write(key, contentOf(key, mine), condition);
    // A switch came between: the view is another one now.
    if (kind === "written") process.stdout.write(`${JSON.stringify({ key, written: mine })}\n`);
  }
};

const switcher = async () => {
  for (;;) {
    const next = await views.begin();
    for (const key of keysWritten) {
      count += 1;
      const mine = count;
      process.stdout.write(`${JSON.stringify({ key, begun: mine, generation: next.generation })}\n`);
      await next.write(key, contentOf(key, mine), { ifNoneMatch: "*" });
    }
    await views.switchTo(next);
    process.stdout.write(`${JSON.stringify({ switched: next.generation })}\n`);
  }
};

await Promise.all([...keysWritten.map(writer), ...(process.argv[4] === "switching" ? [switcher()] : [])]);
