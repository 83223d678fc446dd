// What is asked over HTTP is asked here of the commands function as Lambda calls it: by events, and with streamed answers.
process.env.CROWBAR_ORIGIN = "function_url";

for (const tests of [
  "./events.test.ts",
  "./leaving.test.ts",
  "./limits.test.ts",
  "./results.test.ts",
  "./slow.test.ts",
  "./smuggling.test.ts",
  "./streams.test.ts",
  "./whole.test.ts",
  "../local/stack.test.ts",
]) {
  await import(tests);
}
