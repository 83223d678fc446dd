// Comparing views with the log: every way in which one can be wrong is named, with where.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { compare } from "../../../edge/projector/compare.ts";
import { StoreDamaged } from "../../../edge/store/event_store.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { copyOf } from "./crashing.ts";
import { domain, general, History, random } from "./history.ts";
import { instead } from "./instead.ts";
import { running } from "./running.ts";
import { all, differences } from "./seen.ts";

const made = new Map<string, string>();
let history: History;

before(async () => {
  history = await History.ofGeneral();
  await history.register("ada");
  await history.create(random, "bob");
  await history.sayMany(general, 1, 230);
  await history.edit(general, "m150", "changed");
  await history.join(random, "ada");
  const { settled, views, close } = await running(history.store);
  await settled();
  for (const [key, text] of await all(views)) made.set(key, text);
  await close();
  history.close();
});

/** The views, of which some are other ones; undefined: not there. */
async function viewsWith(changes: Record<string, string | undefined>): Promise<MemoryViews> {
  const views = new MemoryViews();
  for (const [key, text] of Object.entries({ ...Object.fromEntries(made), ...changes })) {
    if (text !== undefined) await views.write(key, Buffer.from(text), { ifNoneMatch: "*" });
  }
  return views;
}

const changed = (key: string, from: string | RegExp, to: string) => {
  const text = made.get(key) ?? "";
  const other = text.replace(from, to);
  assert.notEqual(other, text);
  return { [key]: other };
};

test("views that are what the log makes of them are", async () => {
  assert.deepEqual(await differences(history.store, await viewsWith({})), []);
});

test("a view that another module wrote is compared by what it shows", async () => {
  const changes = Object.assign({}, ...[...made.keys()].map((key) => changed(key, domain.hash, "0".repeat(64))));
  assert.deepEqual(await differences(history.store, await viewsWith(changes)), []);
});

const cases: readonly (readonly [string, () => Record<string, string | undefined>, readonly object[]])[] = [
  [
    "a page that shows something else",
    () => changed("messages/general/1", "I say it 7", "I never said it"),
    [{ view: "messages/general/1", kind: "differs", stream: general, version: 102, where: "/data/6/text" }],
  ],
  [
    "an overview that shows something else",
    () => changed("channel/general", '"messages":230', '"messages":231'),
    [{ view: "channel/general", kind: "differs", stream: general, version: 232, where: "/data/messages" }],
  ],
  [
    "a list that shows something else",
    () => changed("allchannels", '"users":2', '"users":3'),
    [{ view: "allchannels", kind: "differs", where: "/data/0/users" }],
  ],
  [
    "a page that says that it has heard less than it shows",
    () => changed("messages/general/2", `"${general}":233`, `"${general}":232`),
    [{ view: "messages/general/2", kind: "differs", stream: general, version: 232, where: "/data/49/text" }],
  ],
  [
    "a page that is there before anything was said on it",
    () => changed("messages/general/3", `"${general}":232`, `"${general}":9`),
    [{ view: "messages/general/3", kind: "differs", stream: general, version: 9 }],
  ],
  [
    "views of which one is not there",
    () => ({ "messages/general/2": undefined, "channel/random": undefined, allusers: undefined }),
    [
      { view: "messages/general/2", kind: "missing", stream: general, version: 0 },
      { view: "channel/random", kind: "missing", stream: random, version: 0 },
      { view: "allusers", kind: "missing" },
    ],
  ],
  [
    "views that the log does not make",
    () => ({
      "channel/nothing": made.get("channel/general"),
      "messages/general/4": made.get("messages/general/3"),
      "messages/random/1": "{}",
      other: "{}",
    }),
    ["channel/nothing", "messages/general/4", "messages/random/1", "other"].map((view) => ({ view, kind: "extra" })),
  ],
  [
    "a view under another one's key",
    () => ({ "channel/random": made.get("channel/general") }),
    [
      {
        view: "channel/random",
        kind: "unreadable",
        stream: random,
        where: "What is stored as view channel/random is view channel/general.",
      },
    ],
  ],
  [
    "a view that knows more than the log",
    () => ({
      ...changed("channel/random", `"${random}":2`, `"${random}":3`),
      ...changed("messages/general/3", `"${general}":232`, `"${general}":900`),
      ...changed("allusers", '"user-ada":1', '"user-ada":2'),
    }),
    [
      { view: "messages/general/3", kind: "ahead", stream: general, version: 900 },
      { view: "channel/random", kind: "ahead", stream: random, version: 3 },
      { view: "allusers", kind: "ahead", stream: "user-ada", version: 2 },
    ],
  ],
];

for (const [what, changes, expected] of cases) {
  test(`it names ${what}`, async () => {
    const found = await differences(history.store, await viewsWith(changes()));
    const byView = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    assert.deepEqual([...found].sort(byView), [...expected].sort(byView));
  });
}

test("it names views that lack what is in the log", async () => {
  const store = await copyOf(history.store);
  const later = new History(store);
  const views = await viewsWith({});
  await later.storeStrange(general, 234, {
    ...JSON.parse(new TextDecoder().decode((await store.read(general, 231, 1)).events)),
    version: 234,
    data: { messageId: "m900", text: "later" },
  });
  const found = await differences(store, views);
  assert.deepEqual(
    found.map(({ view, kind, version, where }) => `${view} ${kind} ${version} ${where}`),
    ["channel/general behind 232 /data/messages", "messages/general/3 behind 232 /data/30"],
  );
});

for (const [of, version] of [
  [general, 17],
  [random, 2],
] as const) {
  test(`where event ${of} ${version} is damaged nothing is said of what comes after it, and all of the others`, async () => {
    const what = `event ${of} ${version}`;
    const store = instead(history.store, {
      read: async (stream: string, after: number, limit: number) => {
        const isIn = stream === of && after < version && after + limit >= version;
        if (isIn) throw new StoreDamaged(what, `${what} is damaged.`);
        return history.store.read(stream, after, limit);
      },
    });
    const id = of.slice("channel-".length);
    assert.deepEqual(
      (await differences(store, await viewsWith({}))).map(({ view, kind, where }) => `${view} ${kind}: ${where}`),
      ["allchannels", `channel/${id}`, `messages/${id}`].map((view) => `${view} unfoldable: ${what} is damaged.`),
    );
  });
}

test("damaged bytes of a view are told from those of another", async () => {
  const text = made.get("messages/general/1") ?? "";
  for (let at = 0; at < text.length; at += 97) {
    const bytes = Buffer.from(text);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const found = await differences(history.store, await viewsWith({ "messages/general/1": bytes.toString("latin1") }));
    const inDomain = at > text.lastIndexOf('"domain"');
    assert.ok(
      inDomain || found.some(({ view }) => view === "messages/general/1"),
      `byte ${at}: ${text.slice(at - 9, at + 9)}`,
    );
  }
});

test("it says how far it is, and may be given up", async () => {
  const views = await viewsWith({});
  const seen: string[] = [];
  const end = new AbortController();
  const options = { domain, store: history.store, views, signal: end.signal };
  const progress = (done: number, total: number) => {
    seen.push(`${done}/${total}`);
    if (done >= 235) end.abort(new Error("given up"));
  };
  await assert.rejects(async () => {
    for await (const difference of compare({ ...options, progress })) assert.fail(difference.view);
  }, /given up/);
  assert.deepEqual(seen, ["233/236", "235/236"]);
});
