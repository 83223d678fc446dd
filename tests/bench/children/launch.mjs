// In a fresh process: loads a contender's program and answers what it took from there to its first decision. Node's own
// start, which is nobody's merit or fault and moves by more than some contenders take, lies before.
import "node:fs";

const [bundle, events] = process.argv.slice(2);
const begun = performance.now();
const { start } = await import(bundle);
await start(events);
process.stdout.write(String(performance.now() - begun));
