// What a person sees while a step runs: one living line on a terminal, plain lines elsewhere.

const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const heartbeat = 60_000;

export const duration = (seconds) =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;

/** Shows `title` until the function that it answers is called with the line to leave behind. */
export function showProgress(title, out = process.stdout) {
  const start = performance.now();
  const elapsed = () => duration((performance.now() - start) / 1000);
  let frame = 0;
  const draw = () => out.write(`\r\u001b[2K${frames[frame++ % frames.length]} ${title} ${elapsed()}`);
  const say = () => out.write(`  ${title} still running, ${elapsed()}\n`);
  if (out.isTTY) draw();
  else out.write(`  ${title}\n`);
  const timer = setInterval(out.isTTY ? draw : say, out.isTTY ? 100 : heartbeat);
  return (lastLine) => {
    clearInterval(timer);
    out.write(`${out.isTTY ? "\r\u001b[2K" : ""}${lastLine}\n`);
  };
}
