// What describe() says, in words.

/** A field's bounds, such as "1 to 4000 code points". */
export function bounds({ type, min, max, required }) {
  const of = type === "text" ? " code points" : "";
  const range =
    min === undefined ? `an ${type}`.replace(/^an (?=[^aeiou])/, "a ") : `${min} to ${max.toLocaleString("en")}${of}`;
  return required ? range : `${range} · may be left out`;
}

/** A type of command as a person reads it: "send_message" is "Send message". */
export function title(type) {
  const words = type.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/** Every command of a catalog with the aggregate that takes it. */
export function commandsOf(catalog) {
  return catalog.aggregates.flatMap((aggregate) => aggregate.commands.map((command) => ({ aggregate, command })));
}

/** What a code means to its caller: rejected, conflict, malformed, … */
export function outcomeOf(catalog, aggregate, code) {
  return [...aggregate.rejections, ...catalog.faults].find((each) => each.code === code)?.outcome ?? "defect";
}
