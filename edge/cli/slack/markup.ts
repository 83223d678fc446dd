const entities: { readonly [name: string]: string } = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/**
 * A text as Slack writes it, as a person reads it: `<@U1>` becomes the person's name, `<https://x|here>` "here
 * (https://x)", and `&amp;`, `&lt;` and `&gt;` what they stand for. Source: docs.slack.dev, "Formatting message text".
 */
export function fromSlack(text: string, nameOf: (userId: string) => string | undefined): string {
  return text
    .replace(/<([^<>\n]*)>/g, (_, inside: string) => reference(inside, nameOf))
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
}

function reference(inside: string, nameOf: (userId: string) => string | undefined): string {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : inside.slice(bar + 1);
  const name = target.slice(1);
  if (target.startsWith("@")) return `@${nameOf(name) ?? (label || name)}`;
  if (target.startsWith("#")) return `#${label || name}`;
  // <!here>, <!subteam^S1|@staff>, <!date^1392734382^…|February 18th>
  if (target.startsWith("!")) return label || `@${name.split("^")[0]}`;
  return label === "" || label === target ? target : `${label} (${target})`;
}

/** A text as Slack writes it: read by `fromSlack` it is the same again. */
export function toSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
