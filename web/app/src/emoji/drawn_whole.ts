const size = 24;
/** The widths of two signs differ by less. */
const tolerance = 0.1;
/** Made of several, which a font has to know together. */
const joined = /[\u200D\u20E3]|\p{RI}/u;

/**
 * Tells which emoji the fonts that are here draw as the one sign that they are; of others the parts are seen, side by side. One sign is
 * as wide as any other, so it is enough to measure.
 */
export function drawnWhole(): (emoji: string) => boolean {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return () => true;
  context.font = `${size}px ${getComputedStyle(document.documentElement).getPropertyValue("--font-emoji")}`;
  const one = context.measureText("\u{1F600}").width;
  return (emoji) => !joined.test(emoji) || Math.abs(context.measureText(emoji).width / one - 1) < tolerance;
}
