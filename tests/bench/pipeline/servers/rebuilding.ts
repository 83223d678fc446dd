// Rebuilds all views of a folder some times, and says what each took.
import { openStack } from "../../../../edge/local/open_stack.ts";

const [data = "", rounds = "5"] = process.argv.slice(2);
const stack = await openStack({ data });
await stack.settled();
for (let round = 0; round <= Number(rounds); round += 1) {
  const { events, ms, moduleMs, views } = await stack.replay();
  // The first one warms up.
  if (round > 0) process.stdout.write(`${JSON.stringify({ events, ms, moduleMs, views })}\n`);
}
await stack.close();
