// Random people, random commands, random faults: in the end everybody sees what the server says, and no command is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Types } from "@crowbar/domain/chat";
import fc from "fast-check";
import type { BodyOf, Client, CommandType } from "../../web/client/src/index.ts";
import { type Fault, Way } from "./faults.ts";
import { type Place, place, until } from "./place.ts";

const people = ["ada", "bob"] as const;
const faults: readonly (Fault | undefined)[] = [
  undefined,
  undefined,
  undefined,
  "dropped",
  "lost",
  "twice",
  "broken off",
  { status: 503 },
  { status: 429 },
  { status: 401 },
  { status: 200 },
];

type Body = BodyOf<Types, CommandType<Types, "channel">>;
const messageId = fc.constantFrom("m1", "m2", "m3", "m4", "m5", "m6");
const bodyOf = (channel: string) => (type: Body["type"], data: Body["data"]) =>
  ({ stream: `channel-${channel}`, type, data }) as Body;

const doing = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant("send_message" as const), messageId) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("edit_message" as const, "delete_message" as const), messageId) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("add_reaction" as const, "remove_reaction" as const), messageId) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom("join_channel" as const, "leave_channel" as const), messageId) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("create_channel" as const, "rename_channel" as const), messageId) },
);
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ who: fc.nat(2), what: fc.constant("send" as const), doing }) },
  {
    weight: 1,
    arbitrary: fc.record({
      who: fc.nat(2),
      what: fc.constantFrom("reload" as const, "pause" as const, "offline" as const),
    }),
  },
);

/** Everybody gives ids of their own to what they say; what they do to it they do to anybody's. */
function dataOf(type: string, named: string, channel: string, who: string): object {
  const whose = type === "send_message" ? who : people[Number(named.slice(1)) % people.length];
  const id = `${whose}-${named}`;
  if (type === "send_message") return { messageId: id, text: `${id} says` };
  if (type === "edit_message") return { messageId: id, text: "changed" };
  if (type === "delete_message") return { messageId: id };
  if (type.endsWith("_reaction")) return { messageId: id, emoji: "👍" };
  if (type === "create_channel") return { name: `${channel}-${id}`, description: "" };
  return type === "rename_channel" ? { name: `${channel}-${id}` } : {};
}

/** Somebody's tab, with a way of its own on which things go wrong in turn. */
class Tab {
  readonly way = new Way();
  readonly seen: (readonly string[] | undefined)[] = [];
  client: Client<Types> | undefined;
  readonly #stops: (() => void)[] = [];
  #turn = 0;
  isOffline = false;

  readonly name: string;
  readonly #here: Place;
  readonly #channel: string;

  constructor(here: Place, name: string, channel: string, turns: readonly number[]) {
    this.name = name;
    this.#here = here;
    this.#channel = channel;
    this.way.fault = () => {
      if (this.isOffline) return "dropped";
      this.#turn += 1;
      return this.#turn > turns.length ? undefined : faults[(turns[this.#turn - 1] ?? 0) % faults.length];
    };
  }

  async open(): Promise<void> {
    const client = await this.#here.client(this.name, { fetch: this.way.fetch });
    this.client = client;
    const page = client.view(`messages/${this.#channel}/1`);
    this.seen.length = 0;
    this.#stops.push(
      page.subscribe(() => this.seen.push(page.get().data?.map(({ messageId }) => messageId))),
      client.view(`channel/${this.#channel}`).subscribe(() => {}),
      client.view("allchannels").subscribe(() => {}),
      client.aggregate("channel", this.#channel).subscribe(() => {}),
    );
  }

  async close(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    await this.client?.close();
  }
}

test("in the end everybody sees what the server says, and every command is accepted or rejected, once", {
  timeout: 300_000,
}, async (t) => {
  const here = await place(t);
  const founder = await here.client("cleo");
  let run = 0;
  const { store, settled } = here.served().stack;
  const turns = fc.array(fc.nat(faults.length - 1), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.tuple(turns, turns, turns), async (steps, [a, b, c]) => {
      run += 1;
      const channel = `c${run}`;
      const made = founder.send({
        stream: `channel-${channel}`,
        type: "create_channel",
        data: { name: channel, description: "" },
      });
      await made.settled;
      // Two people; the first has two tabs.
      const tabs = [
        new Tab(here, people[0], channel, a),
        new Tab(here, people[1], channel, b),
        new Tab(here, people[0], channel, c),
      ];
      for (const tab of tabs) await tab.open();
      const sent: { readonly id: string; readonly who: string }[] = [];
      for (const each of steps) {
        const tab = tabs[each.who] as Tab;
        if (each.what === "send") {
          const [type, id] = each.doing;
          const body = bodyOf(channel)(type, dataOf(type, id, channel, tab.name) as Body["data"]);
          const done = tab.client?.send(body);
          if (done !== undefined && done.state !== "refused") {
            sent.push({ id: done.id, who: tab.name });
            await done.kept;
          }
        } else if (each.what === "reload") {
          await tab.close();
          await tab.open();
        } else if (each.what === "offline") tab.isOffline = !tab.isOffline;
        else await new Promise((resolve) => setTimeout(resolve, 15));
      }
      for (const tab of tabs) {
        tab.isOffline = false;
        tab.way.fault = () => undefined;
      }
      for (const { client } of tabs) if (client) await until(client.waiting, (list) => list.length === 0);
      await settled.call(here.served().stack);

      // Every command, once.
      const stream = `channel-${channel}`;
      const read = await store.read(stream, 0, 10_000);
      const log = Buffer.from(read.events)
        .toString()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      for (const { id, who } of sent) {
        const decided = await store.decided(id);
        const isAccepted = decided !== undefined && JSON.parse(Buffer.from(decided.verdict).toString()).accepted;
        for (const { client, name } of tabs) {
          const count = isAccepted ? 0 : 1;
          if (client === undefined || name !== who) continue;
          await until(client.rejected, (list) => list.filter(({ command }) => command.id === id).length === count);
        }
        assert.ok(isAccepted || !log.some(({ command }) => command === id));
      }
      for (const who of people) {
        const own = log.filter(({ actor }) => actor.id === who).map(({ command }) => command);
        assert.deepEqual(own, [...own].sort(), "in the order in which they were said");
      }
      // What everybody sees.
      for (const { client, name, seen } of tabs) {
        if (client === undefined) continue;
        const headers = { authorization: `Bearer ${await here.token(name)}` };
        for (const key of [`messages/${channel}/1`, `channel/${channel}`, "allchannels"] as const) {
          const answer = await fetch(`${here.origin}/views/${key}.json`, { headers });
          const data = answer.status === 200 ? ((await answer.json()) as { data: unknown }).data : undefined;
          const isSame = (now: unknown) => JSON.stringify(now) === JSON.stringify(data);
          await until<{ data?: unknown; optimistic: boolean }>(
            client.view(key),
            (now) => isSame(now.data) && !now.optimistic,
          );
        }
        // What has stayed to the end has never gone in between; but who takes a channel for their own has seen a dream.
        const dreams = steps.some((each) => each.what === "send" && each.doing[0] === "create_channel");
        if (dreams) continue;
        for (const id of seen.at(-1) ?? []) {
          const shown = seen.slice(seen.findIndex((ids) => ids?.includes(id))).filter((ids) => ids !== undefined);
          assert.ok(
            shown.every((ids) => ids.filter((each) => each === id).length === 1),
            `${id} flickers for ${name}: ${JSON.stringify(seen)}`,
          );
        }
      }
      for (const tab of tabs) {
        for (const { command } of tab.client?.rejected.get() ?? []) await tab.client?.discard(command.id);
        await tab.close();
      }
    }),
    {
      numRuns: Number(process.env.RUNS ?? 25),
      seed: Number(process.env.SEED ?? 4),
      endOnFailure: process.env.SHRINK === undefined,
    },
  );
});
