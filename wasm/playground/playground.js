// The chat's rules in a page: who acts, what they want, what the core says of it, and what follows.
import { load } from "/@crowbar/domain/chat";
import { commandsOf, title } from "./describe.js";
import { dataOf, element, fields } from "./form.js";
import { showFailure, showLog, showVerdict, showViews } from "./show.js";
import { Store } from "./store.js";

const by = (id) => document.getElementById(id);
const form = by("command");
/** The id that was last used for each aggregate; a person's own stream is who acts. */
const ids = new Map([["channel", "general"]]);

const start = performance.now();
const domain = await load();
const store = new Store(domain);
const catalog = domain.describe();
const commands = commandsOf(catalog);
by("hash").textContent = domain.hash.slice(0, 12);
by("hash").title = `sha-256 ${domain.hash}`;
by("loaded").textContent = `loaded in ${(performance.now() - start).toFixed(0)} ms`;

const chosen = () => commands.find(({ command }) => command.type === by("type").value);
const actor = () => {
  const picked = form.elements.actor.value;
  return picked === "other" ? by("other").value : picked;
};

function showStream() {
  const { aggregate } = chosen();
  by("prefix").textContent = `${aggregate.name}-`;
  by("stream").value = ids.get(aggregate.name) ?? actor();
}
function showFields() {
  const { command } = chosen();
  by("meaning").textContent = command.meaning;
  by("fields").replaceChildren(...fields(command, actor(), store.log));
}

for (const aggregate of catalog.aggregates) {
  const options = aggregate.commands.map(({ type }) => new Option(title(type), type));
  by("type").append(element("optgroup", { label: `${aggregate.name}: ${aggregate.meaning}` }, ...options));
}
by("type").value = "create_channel";
showStream();
showFields();

by("type").addEventListener("change", () => {
  showStream();
  showFields();
});
by("actors").addEventListener("change", () => {
  by("other").hidden = form.elements.actor.value !== "other";
  showStream();
});
by("stream").addEventListener("change", () => {
  if (chosen().aggregate.name !== "user") ids.set(chosen().aggregate.name, by("stream").value);
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { aggregate, command } = chosen();
  try {
    const sent = store.send(aggregate, by("stream").value, command.type, dataOf(form, command), actor());
    showVerdict(catalog, aggregate, sent);
    showLog(store.log);
    showViews(store.views());
    if (sent.verdict.accepted && sent.verdict.events.length > 0) showFields();
  } catch (error) {
    showFailure(error);
  }
});
by("decide").disabled = false;
