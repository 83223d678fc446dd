import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "@crowbar/domain/chat";
import { commandOf, momentOf, outcomeOf, typeOf } from "../../../edge/observe/canonical.ts";
import { commandId, noon } from "./observing.ts";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const context = (id: string) => bytes({ at: noon, actor: { id } });
const stream = "channel-general";
const create = {
  id: commandId,
  stream,
  type: "create_channel",
  data: { name: "general", description: '","at":1,"type":"x"' },
};

test("what the core writes says its command, its moment and its outcome where they are looked for", async () => {
  const chat = await load();
  using channel = chat.open("channel", stream);
  const refused = channel.decideBytes(bytes({ ...create, type: "join_channel", data: {} }), context("ada"));
  assert.equal(outcomeOf(refused), "channel_not_found");
  const created = channel.decideBytes(bytes(create), context("ada"));
  assert.equal(outcomeOf(created), "accepted");
  const { events } = JSON.parse(new TextDecoder().decode(created));
  const event = bytes(events[0]);
  assert.equal(commandOf(event), commandId);
  assert.equal(momentOf(event), noon);
  channel.evolve(created);
  const again = { ...create, id: commandId.replace(/1$/, "2"), type: "join_channel", data: {} };
  assert.equal(outcomeOf(channel.decideBytes(bytes(again), context("ada"))), "unchanged");
});

test("a command's type is found however its client writes it, and never in a text", () => {
  assert.equal(typeOf(bytes(create)), "create_channel");
  assert.equal(typeOf(new TextEncoder().encode('{ "type" :\n "join_channel" }')), "join_channel");
  assert.equal(
    typeOf(bytes({ data: { name: "type", text: '"type":"forged"' }, type: "send_message" })),
    "send_message",
  );
  assert.equal(typeOf(bytes({ type: 3 })), "");
  assert.equal(typeOf(new Uint8Array()), "");
});

test("bytes that say nothing of the kind are no error", () => {
  for (const odd of [new Uint8Array(), bytes({}), bytes("x"), new Uint8Array([0xff, 0x22])]) {
    assert.equal(momentOf(odd), undefined);
    assert.equal(outcomeOf(odd), "");
    assert.equal(typeof commandOf(odd), "string");
  }
});
