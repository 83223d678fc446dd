// The form of one command, made from its description. The bounds are shown and not enforced: saying no is the core's.
import { bounds } from "./describe.js";

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// A first value for those fields that a person would otherwise have to think up. `fresh` makes an id nobody has used.
const suggestions = {
  create_channel: { name: () => "general", description: () => "Everything and nothing" },
  rename_channel: { name: () => "water-cooler" },
  describe_channel: { description: () => "For what has no channel of its own" },
  send_message: { messageId: (_, fresh) => fresh("m"), text: () => "Hello, everybody." },
  edit_message: { text: () => "Hello, all of you." },
  add_reaction: { emoji: () => "👋" },
  remove_reaction: { emoji: () => "👋" },
  register_user: { name: (actor) => actor[0].toUpperCase() + actor.slice(1) },
};

/** The values that a field of this name has had in events: what a person may want to name again. */
function seen(log, name) {
  return [...new Set(log.map((event) => event.data[name]).filter((value) => value !== undefined))].reverse();
}

function suggestion(type, field, actor, log) {
  const fresh = (prefix) => `${prefix}${seen(log, field.name).length + 1}`;
  const suggest = suggestions[type]?.[field.name];
  if (suggest) return suggest(actor, fresh);
  return field.required && field.type === "id" ? (seen(log, field.name)[0] ?? "") : "";
}

/** A label, a control and what may stand in it, for each field. */
export function fields({ type, data }, actor, log) {
  return data.map((field) => {
    const id = `field-${field.name}`;
    const control = element(field.max > 100 ? "textarea" : "input", {
      id,
      name: field.name,
      value: suggestion(type, field, actor, log),
      autocomplete: "off",
      spellcheck: field.type === "text",
    });
    control.setAttribute("aria-describedby", `${id}-hint`);
    const hint = `${field.meaning} · ${bounds(field)}`;
    const row = element(
      "div",
      { className: "field" },
      element("label", { htmlFor: id, textContent: field.name }),
      control,
      element("p", { id: `${id}-hint`, className: "hint", textContent: hint }),
    );
    if (field.type === "id" && seen(log, field.name).length > 0) {
      control.setAttribute("list", `${id}-seen`);
      row.append(element("datalist", { id: `${id}-seen` }, ...seen(log, field.name).map((value) => new Option(value))));
    }
    return row;
  });
}

/** The data of the command. An empty field that may be left out is left out. */
export function dataOf(form, { data }) {
  const values = data.map((field) => {
    const text = form.elements[field.name].value;
    const value = field.type === "integer" || field.type === "instant" ? Number(text) : text;
    return [field.name, text === "" && !field.required ? undefined : value];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
