// What the documents show is what runs: README's example is the code between the markers below, and every block that a
// document says it cut from a file stands in that file, every path and every `npm run` that it names is there.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

// example
import { load } from "@crowbar/domain/chat";

const chat = await load(); // the module is inlined: there is nothing to configure
const stream = "channel-general";
const channel = chat.open("channel", stream); // its state lives inside the module

// A client makes a command, and its id once and for ever. Who asks, and when, only a server says.
const [first, second] = ["018df4c1-4800-7000-8000-000000000001", "018df4c1-4800-7000-8000-000000000002"];
const create = { id: first, stream, type: "create_channel", data: { name: "general", description: "" } } as const;
const created = channel.decide(create, { at: 1_709_208_000_000, actor: { id: "ada" } });
if (!created.accepted) throw new Error(created.rejection.message);
channel.evolve(created); // the state takes the events; a server has appended them first

// A rule's no is a value: a frozen code, and a sentence for the person.
const say = { id: second, stream, type: "send_message", data: { messageId: "m1", text: "Hello?" } } as const;
const refused = channel.decide(say, { at: 1_709_208_001_000, actor: { id: "bob" } });
if (!refused.accepted) console.log(refused.rejection.message); // bob is not a member of channel-general.

// The same events make the views. view.bytes() is canonical JSON, to be stored as it is.
const view = chat.view("channel/general");
view.project(created.events);
console.log(view.toJSON().data?.members); // [ 'ada' ]
// end of example

const root = new URL("../..", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "GLOSSARY.md",
  "CHANGELOG.md",
  "web/client/README.md",
  ...globSync("docs/**/*.md", { cwd: root }),
];

/** The blocks of a document that say `<!-- cut from PATH -->`. */
function cuts(document: string): readonly { readonly from: string; readonly text: string }[] {
  const blocks = read(document).matchAll(/<!-- cut from (\S+) -->\n+```\w+\n(.*?)```/gs);
  return [...blocks].map(([, from = "", text = ""]) => ({ from, text }));
}

test("README's example does what it says", () => {
  assert.equal(channel.version, 1);
  assert.ok(!refused.accepted);
  assert.equal(refused.rejection.code, "not_a_member");
  assert.equal(refused.rejection.message, "bob is not a member of channel-general.");
  assert.deepEqual(view.toJSON().data?.members, ["ada"]);
  view.close();
  channel.close();
});

test("README shows exactly the example that runs here", () => {
  const here = readFileSync(fileURLToPath(import.meta.url), "utf8");
  const example = /^\/\/ example\n(.*?)^\/\/ end of example\n/ms.exec(here)?.[1];
  const shown = cuts("README.md").find(({ from }) => from === "tests/node/readme.test.ts")?.text;
  assert.ok(example, "the markers are there");
  assert.equal(shown, example);
});

test("every block that is cut from a file stands in that file", () => {
  for (const document of documents) {
    for (const { from, text } of cuts(document)) {
      assert.ok(read(from).includes(text), `${document}: the block from ${from} is not there`);
    }
  }
});

test("every file that a document links to is there", () => {
  for (const document of documents) {
    for (const [, target = ""] of read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)) {
      assert.ok(existsSync(new URL(target, new URL(document, root))), `${document} links to ${target}`);
    }
  }
});

test("every npm script that a document names is one", () => {
  const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
  for (const document of documents) {
    const named = [...read(document).matchAll(/npm (?:run ([a-z][a-z:-]*)|(start|test)\b)/g)];
    for (const [, script, alone] of named) {
      assert.ok(scripts.includes(script ?? alone ?? ""), `${document} names npm run ${script ?? alone}`);
    }
  }
});
