import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emojiOf, nameOf } from "../../../edge/cli/slack/emoji.ts";
import { emojiNames } from "../../../edge/cli/slack/generated/emoji_names.ts";
import { fromSlack, toSlack } from "../../../edge/cli/slack/markup.ts";
import { domain, noon } from "./memory_stack.ts";

const nameOfUser = (id: string) => ({ U1: "ada" })[id];
const read = (text: string) => fromSlack(text, nameOfUser);

test("what Slack marks in a text is written as a person reads it", () => {
  assert.equal(read("a &amp;&lt; b &gt; &amp;lt;"), "a &< b > &lt;");
  assert.equal(read("<@U1> and <@U1|x> and <@U9|nine> and <@U9>"), "@ada and @ada and @nine and @U9");
  assert.equal(read("<#C1|general> <#C1>"), "#general #C1");
  assert.equal(read("<!here> <!subteam^S1|@staff> <!date^1392734382^{date}|Feb 18>"), "@here @staff Feb 18");
  assert.equal(read("<https://x.org/?a=1&amp;b=2>"), "https://x.org/?a=1&b=2");
  assert.equal(read("<https://x.org|here> <https://x.org|https://x.org>"), "here (https://x.org) https://x.org");
  assert.equal(read("a < b <unclosed"), "a < b <unclosed");
});

test("every text comes back as it was", () => {
  const text = fc.string({ unit: fc.constantFrom("&amp;", "&lt;", "&gt;", ..."a&<>;|@#!\n /💡") });
  fc.assert(
    fc.property(text, (said) => assert.equal(read(toSlack(said)), said)),
    { seed: 3, numRuns: 1_000 },
  );
});

test("emoji are known by Slack's names", () => {
  for (const [name, emoji] of [
    ...[
      ["+1", "👍"],
      ["thumbsup", "👍"],
      ["tada", "🎉"],
      ["heart", "❤️"],
      ["thinking_face", "🤔"],
      ["100", "💯"],
    ],
    ...[
      ["+1::skin-tone-2", "👍🏻"],
      ["raised_hand_with_fingers_splayed::skin-tone-2", "🖐🏻"],
      ["wave::skin-tone-6", "👋🏿"],
      ["woman-shrugging::skin-tone-3", "🤷🏼‍♀️"],
    ],
    ...[
      ["flag-fr", "🇫🇷"],
      ["us", "🇺🇸"],
      ["🦩", "🦩"],
    ],
  ] as const) {
    assert.equal(emojiOf(name ?? ""), emoji);
  }
  for (const name of ["party_parrot", "", "tada::skin-tone-9", "flag-xyz", "__proto__", "constructor"]) {
    assert.equal(emojiOf(name), undefined, name);
  }
});

test("an emoji's name leads back to it, and one without a name is its own", () => {
  assert.equal(nameOf("👍"), "+1");
  assert.equal(nameOf("👋🏿"), "wave::skin-tone-6");
  assert.equal(nameOf("🤷🏼‍♀️"), "woman-shrugging::skin-tone-3");
  const table = emojiNames.trim().split(/\s+/);
  const known = table.filter((_, index) => index % 2 === 1);
  const tones = ["", "🏻", "🏽", "🏿"];
  for (const emoji of [...known, "🦩", "🫠", "👩🏽‍🚀", "☝🏿", "❤", "🏳️‍🌈"]) {
    for (const tone of tones) assert.equal(emojiOf(nameOf(emoji + tone)), emoji + tone);
  }
});

test("the domain takes every emoji of the table", () => {
  using channel = domain.open("channel", "channel-general");
  const act = (type: string, data: object, number: number) => {
    const id = `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
    const command = Buffer.from(JSON.stringify({ id, stream: "channel-general", type, data }));
    const context = Buffer.from(JSON.stringify({ at: noon, actor: { id: "ada", roles: [] } }));
    return channel.decideBytes(command, context);
  };
  channel.evolve(act("create_channel", { name: "general", description: "" }, 1));
  channel.evolve(act("send_message", { messageId: "m1", text: "hi" }, 2));
  for (const [index, name] of emojiNames.trim().split(/\s+/).entries()) {
    if (index % 2 === 1) continue;
    const data = { messageId: "m1", emoji: emojiOf(name) };
    const verdict = JSON.parse(Buffer.from(act("add_reaction", data, 3)).toString());
    assert.equal(verdict.accepted, true, name);
  }
});
