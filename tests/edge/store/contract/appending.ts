import assert from "node:assert/strict";
import { test } from "node:test";
import { general, saysOf, told } from "../appends.ts";
import type { OpenStore } from "../event_store_contract.ts";

export function appending(open: OpenStore): void {
  test("what is appended is there, and moves the head", async (t) => {
    const store = open(t);
    assert.equal(await store.head(general), 0);
    const append = told("c1", { says: ["created", "joined"] });
    assert.deepEqual(await store.append(append), { kind: "appended" });
    assert.equal(await store.head(general), 2);
    assert.deepEqual(await saysOf(store, general), ["created", "joined"]);
    assert.deepEqual(plain(await store.decided("c1")), plain(append.decided));
    assert.equal(await store.decided("c2"), undefined);
  });

  test("a command that is known gets its first record, whatever it says now and wherever its stream is", async (t) => {
    const store = open(t);
    const first = told("c1");
    await store.append(first);
    await store.append(told("c2", { at: 1 }));
    for (const again of [
      first,
      told("c1", { at: 2, says: ["other"] }),
      told("c1", { stream: "channel-x", actor: "bob" }),
    ]) {
      const result = await store.append(again);
      assert.equal(result.kind, "known");
      assert.deepEqual(result.kind === "known" && plain(result.decided), plain(first.decided));
    }
    assert.deepEqual(await saysOf(store, general), ["by c1", "by c2"]);
    assert.equal(await store.head("channel-x"), 0);
  });

  test("a stream that is not where the command was decided on is a conflict: it moved on, or never came so far", async (t) => {
    const store = open(t);
    await store.append(told("c1", { says: ["a", "b"] }));
    for (const at of [0, 1, 3, 2 ** 40]) {
      assert.deepEqual(await store.append(told("c2", { at })), { kind: "conflict", version: 2 });
    }
    assert.deepEqual(await store.append(told("c3", { stream: "channel-x", at: 1 })), { kind: "conflict", version: 0 });
    assert.equal(await store.decided("c2"), undefined, "a conflict is not remembered: it may be decided again");
    assert.deepEqual(await store.append(told("c2", { at: 2 })), { kind: "appended" });
  });

  test("what was decided upon another command is carried out where that one is the stream's last", async (t) => {
    const store = open(t);
    const upon = (id: string, at: number, before: string) => ({ ...told(id, { at }), upon: before });
    assert.deepEqual(await store.append(upon("c2", 0, "c1")), { kind: "conflict", version: 0 }, "there is none");
    const both = [store.append(told("c1")), store.append(upon("c2", 1, "c1"))];
    assert.deepEqual(await Promise.all(both), [{ kind: "appended" }, { kind: "appended" }]);
    await store.append(told("refused", { at: 2, says: [] }));
    const instead = { kind: "conflict", version: 2 };
    assert.deepEqual(await store.append(upon("c3", 2, "c2")), instead, "it was judged before another was");
    assert.deepEqual(await store.append(upon("c3", 2, "never stored")), instead, "somebody else was faster");
    assert.deepEqual(await store.append(upon("c3", 2, "refused")), { kind: "appended" });
  });

  test("a refused command leaves no event, and is remembered", async (t) => {
    const store = open(t);
    const refused = told("c1", { says: [] });
    assert.deepEqual(await store.append(refused), { kind: "appended" });
    assert.equal(await store.head(general), 0);
    assert.deepEqual(await store.log(0, 10), []);
    assert.deepEqual(plain(await store.decided("c1")), plain(refused.decided));
    assert.equal((await store.append(told("c1"))).kind, "known");
    assert.deepEqual(await store.append(told("c2", { says: [], at: 1 })), { kind: "conflict", version: 0 });
  });

  test("calls made together are carried out in their order, each seeing what those before it left", async (t) => {
    const store = open(t);
    const results = await Promise.all([
      store.append(told("c1")),
      store.append(told("c2", { at: 1, says: ["x", "y"] })),
      store.append(told("c1", { at: 9 })),
      store.append(told("c3", { at: 2 })),
      store.append(told("c4", { at: 3 })),
      store.append(told("c5", { stream: "channel-x" })),
    ]);
    assert.deepEqual(
      results.map(({ kind }) => kind),
      ["appended", "appended", "known", "conflict", "appended", "appended"],
    );
    assert.deepEqual(results[3], { kind: "conflict", version: 3 });
    assert.deepEqual(await saysOf(store, general), ["by c1", "x", "y", "by c4"]);
  });

  test("one command a hundred times at once is one event, and all answers are equal", async (t) => {
    const store = open(t);
    const results = await Promise.all(Array.from({ length: 100 }, () => store.append(told("c1"))));
    const [first, ...others] = results;
    assert.deepEqual(first, { kind: "appended" });
    for (const other of others) {
      assert.deepEqual(other.kind === "known" && plain(other.decided), plain(told("c1").decided));
    }
    assert.equal((await store.append(told("c1"))).kind, "known");
    assert.deepEqual(await saysOf(store, general), ["by c1"]);
  });

  test("fifty writers on one stream leave no gap and no duplicate", async (t) => {
    const store = open(t);
    const writer = async (name: number) => {
      for (let number = 0; number < 10; number += 1) {
        for (let at = await store.head(general); ; ) {
          const result = await store.append(told(`c${name}.${number}`, { at, says: [`${name}.${number}`] }));
          if (result.kind === "appended") break;
          assert.equal(result.kind, "conflict");
          at = result.kind === "conflict" ? result.version : at;
        }
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, name) => writer(name)));
    const says = await saysOf(store, general);
    assert.equal(says.length, 500);
    assert.equal(new Set(says).size, 500);
    assert.equal(await store.head(general), 500);
    for (let name = 0; name < 50; name += 1) {
      const own = says.filter((said) => said.startsWith(`${name}.`));
      assert.deepEqual(
        own,
        Array.from({ length: 10 }, (_, number) => `${name}.${number}`),
        "in the order of its writer",
      );
    }
  });

  test("versions that do not follow the one decided on, and events that are no line, are the caller's bug", async (t) => {
    const store = open(t);
    const { decided, events } = told("c1", { at: 1, says: ["a", "b"] });
    const [a, b] = events as [(typeof events)[0], (typeof events)[0]];
    for (const wrong of [
      [b, a],
      [b],
      [a, a],
      [{ ...a, version: 1 }],
      [a, { ...b, version: 4 }],
      [{ ...a, version: 2.5 }],
    ]) {
      await assert.rejects(store.append({ decided, events: wrong, claims: [] }), RangeError);
    }
    for (const decidedAt of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      await assert.rejects(store.append({ decided: { ...decided, decidedAt }, events: [], claims: [] }), RangeError);
    }
    for (const said of ["", "two\nlines", "end\n"])
      await assert.rejects(store.append(told("c2", { says: [said] })), TypeError);
    assert.equal(await store.decided("c1"), undefined);
    assert.equal(await store.head(general), 0);
  });

  test("bytes are taken over at the call: the caller may use its buffers again", async (t) => {
    const store = open(t);
    const append = told("c1", { says: ["mine"] });
    const appended = store.append(append);
    for (const { bytes } of append.events) bytes.fill(0);
    for (const part of [append.decided.command, append.decided.context, append.decided.verdict]) part.fill(0);
    await appended;
    assert.deepEqual(await saysOf(store, general), ["mine"]);
    assert.deepEqual(plain(await store.decided("c1")), plain(told("c1", { says: ["mine"] }).decided));
  });
}

/** With bytes as text, a letter each: equal where they are, whichever kind of array holds them. */
export function plain(record: object | undefined): object | undefined {
  if (record === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      value instanceof Uint8Array
        ? Buffer.from(value.buffer, value.byteOffset, value.length).toString("latin1")
        : value,
    ]),
  );
}
