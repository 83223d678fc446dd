// What is measured is printed; a test holds a wide multiple of what is promised, since a machine may be busy.

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return (low + high) / 2;
}

/** `median 12.3 ms, worst 20.1 ms of 20` */
export function inWords(values: readonly number[], unit = "ms"): string {
  return `median ${median(values).toFixed(1)} ${unit}, worst ${Math.max(...values).toFixed(1)} ${unit} of ${values.length}`;
}
