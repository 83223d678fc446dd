import assert from "node:assert/strict";
import { test } from "node:test";
import { general, told } from "./appends.ts";
import { eventStoreContract } from "./event_store_contract.ts";
import { folderFor, openIn } from "./folder.ts";

eventStoreContract("in SQLite", (context) => openIn(folderFor(context)));

test("however many events are asked for, what is read at once has an end", async (t) => {
  const store = openIn(folderFor(t));
  const large = new Uint8Array(6_000_000).fill(97);
  for (let at = 0; at < 8; at += 1) {
    const { decided } = told(`c${at}`, { at });
    await store.append({ decided, events: [{ version: at + 1, bytes: large }], claims: [] });
  }
  const { events, version } = await store.read(general, 0, 99);
  assert.ok(version > 0 && version < 8);
  assert.ok(events.length <= 2 ** 25);
});
