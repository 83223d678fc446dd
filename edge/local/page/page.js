// Shows how the parts are, and the last requests, as long as somebody looks. All that it shows is put in as text.
const askEveryMs = 2_000;
const shownTraces = 4;
const words = { ok: "well", slow: "behind", stopped: "stopped" };
const all = { ok: "All is well", slow: "Something is behind", stopped: "Something has stopped" };

function element(name, { className = "", text = "" } = {}, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

/** Only what has changed is touched: whoever listens to the page hears no repetition. */
function say(target, text, className) {
  if (target.textContent !== text) target.textContent = text;
  if (className !== undefined && target.className !== className) target.className = className;
}

function showPart(card, { state, says, numbers }) {
  let badge = card.querySelector(".state");
  if (!badge) {
    badge = element("p", { className: "state" });
    card.querySelector("h3").after(badge);
  }
  say(badge, words[state], `state ${state}`);
  say(card.querySelector(".says"), says);
  const shown = Object.entries(numbers).map(([label, value]) =>
    element("div", {}, element("dt", { text: label }), element("dd", { text: value.toLocaleString("en") })),
  );
  card.querySelector("dl").replaceChildren(...shown);
}

async function showHealth() {
  const state = document.getElementById("state");
  try {
    const health = await (await fetch("/health", { cache: "no-store" })).json();
    for (const card of document.querySelectorAll("[data-part]")) showPart(card, health.parts[card.dataset.part]);
    say(state, all[health.state], `state ${health.state}`);
  } catch {
    say(state, "The stack does not answer", "state stopped");
  }
}

const inMs = (ms) => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;

function traceItem({ spans }) {
  const from = Math.min(...spans.map((span) => span.from));
  const ms = Math.max(...spans.map((span) => span.from + span.ms)) - from || 1;
  const title = element("h3", {}, element("span", { text: spans[0].name }), element("span", { text: inMs(ms) }));
  const rows = spans.map((span) => {
    const view = span.facts["crowbar.view"];
    const bar = element("span", { className: span.failed ? "bar failed" : "bar" });
    bar.style.left = `${(100 * (span.from - from)) / ms}%`;
    bar.style.width = `${(100 * span.ms) / ms}%`;
    const text = [span.name, view, span.failed && "failed"].filter(Boolean).join(" ");
    const name = element("span", { text });
    name.title = text;
    return element(
      "div",
      { className: "span" },
      name,
      element("span", { className: "track" }, bar),
      element("span", { text: inMs(span.ms) }),
    );
  });
  return element("li", { className: "card" }, title, ...rows);
}

let shown = "";
async function showTraces() {
  const section = document.getElementById("traces");
  const answer = await fetch("/traces", { cache: "no-store" }).catch(() => undefined);
  if (!answer?.ok) return;
  const traces = (await answer.json()).filter(({ spans }) => spans.some(({ name }) => name === "decide"));
  const text = JSON.stringify(traces.slice(0, shownTraces));
  if (text === shown) return;
  shown = text;
  section.hidden = traces.length === 0;
  section.querySelector("ol").replaceChildren(...traces.slice(0, shownTraces).map(traceItem));
}

function addCopyButtons() {
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll("pre code")) {
    const button = element("button", { className: "copy", text: "Copy" });
    button.type = "button";
    const title = code.closest("li").querySelector("h3").textContent;
    button.setAttribute("aria-label", `Copy: ${title}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
      document.getElementById("said").textContent = `Copied: ${title}`;
    });
    code.before(button);
  }
}

/** Resolves after a while, or when somebody comes back to the page. */
function aWhile() {
  const { promise, resolve } = Promise.withResolvers();
  const timer = setTimeout(resolve, askEveryMs);
  document.addEventListener("visibilitychange", resolve);
  return promise.finally(() => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", resolve);
  });
}

addCopyButtons();
for (;;) {
  if (!document.hidden) await Promise.all([showHealth(), showTraces()]);
  await aWhile();
}
