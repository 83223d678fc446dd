// What came of it, put on the page.
import { outcomeOf } from "./describe.js";
import { element } from "./form.js";

const by = (id) => document.getElementById(id);
// Indented, but with short lists on one line. A line's end never stands in a JSON string, so no text is touched.
const json = (value) =>
  JSON.stringify(value, undefined, 2).replace(
    /\[\n\s+([^[\]{}]{1,60})\n\s*\]/g,
    (_, items) => `[${items.replaceAll(/\n\s+/g, " ")}]`,
  );
const time = (at) => new Date(at).toLocaleTimeString();

function verdictWords(catalog, aggregate, { verdict }) {
  if (verdict.accepted) {
    const [count, types] = [verdict.events.length, verdict.events.map((event) => event.type).join(", ")];
    if (count === 0) return { kind: "unchanged", code: "unchanged", sentence: "Accepted: it is already so." };
    return { kind: "accepted", code: types, sentence: `Accepted; ${verdict.stream} is at version ${verdict.version}.` };
  }
  const { code, message, pointer } = verdict.rejection;
  const outcome = outcomeOf(catalog, aggregate, code);
  return { kind: "refused", code, sentence: message, note: pointer ? `${outcome} at ${pointer}` : outcome };
}

export function showVerdict(catalog, aggregate, sent) {
  const { kind, code, sentence, note } = verdictWords(catalog, aggregate, sent);
  const parts = [element("code", { className: "code", textContent: code }), element("p", { textContent: sentence })];
  if (note) parts.push(element("p", { className: "hint", textContent: note }));
  by("verdict").className = kind;
  by("verdict").replaceChildren(...parts);
  by("timing").textContent =
    `One decision takes ${sent.timing.microseconds.toFixed(1)} µs here: bytes in, bytes out, ` +
    `the median of ${sent.timing.times.toLocaleString()}.`;
  by("wire").hidden = false;
  by("wire-command").textContent = json(sent.command);
  by("wire-context").textContent = json(sent.context);
  by("wire-verdict").textContent = json(sent.verdict);
}

export function showFailure(error) {
  by("verdict").className = "refused";
  by("verdict").replaceChildren(
    element("code", { className: "code", textContent: error.code ?? error.name }),
    element("p", { textContent: error.message }),
  );
  by("timing").textContent = "";
}

export function showLog(log) {
  by("log-empty").hidden = log.length > 0;
  const items = log.map((event) =>
    element(
      "li",
      {},
      element("p", { className: "where", textContent: `${event.stream} · ${event.version}` }),
      element("code", { className: "code", textContent: event.type }),
      element("p", { className: "hint", textContent: `${event.actor.id}, ${time(event.at)}` }),
      ...(Object.keys(event.data).length > 0 ? [element("pre", { textContent: json(event.data) })] : []),
    ),
  );
  by("log").replaceChildren(...items.reverse());
}

const shown = new Map();

function viewCard({ key, data, checkpoint }) {
  const upTo = Object.entries(checkpoint).map(([stream, version]) => `${stream} ${version}`);
  const text = json(data);
  const changed = shown.get(key) !== text;
  shown.set(key, text);
  return element(
    "article",
    { className: changed ? "view changed" : "view" },
    element("h3", {}, element("code", { textContent: key })),
    element("pre", { textContent: text }),
    element("p", { className: "hint", textContent: `up to ${upTo.join(", ")}` }),
  );
}

export function showViews(views) {
  by("views-empty").hidden = views.length > 0;
  by("views").replaceChildren(...views.map(viewCard));
}
