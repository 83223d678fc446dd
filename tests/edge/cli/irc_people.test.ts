import assert from "node:assert/strict";
import { test } from "node:test";
import { People } from "../../../edge/cli/irc/people.ts";

const day = "2005-06-06";

test("somebody who changes their nick is the same person", () => {
  const people = new People(day);
  assert.equal(people.bearer("ada"), "irc-ada");
  assert.equal(people.rename("ada", "ada_away"), "irc-ada");
  assert.equal(people.bearer("ada_away"), "irc-ada");
  assert.equal(people.rename("ada_away", "ADA"), "irc-ada");
  assert.equal(people.bearer("Ada"), "irc-ada");
});

test("two people swap their nicks by way of a third", () => {
  const people = new People(day);
  people.rename("ada", "x");
  people.rename("bob", "ada");
  people.rename("x", "bob");
  assert.equal(people.bearer("bob"), "irc-ada");
  assert.equal(people.bearer("ada"), "irc-bob");
});

test("whoever takes a nick over has it, and who had it is somebody else", () => {
  const people = new People(day);
  people.arrives(people.bearer("ada"));
  people.arrives(people.bearer("ada_"));
  // Their connection was lost, unseen; the one that they came back with takes the nick.
  assert.equal(people.rename("ada_", "ada"), "irc-ada_");
  assert.equal(people.bearer("ada"), "irc-ada_");
  assert.equal(people.bearer("ada_"), `irc-ada_:${day}:2`);
});

test("a nick whose person is there under another one is borne by somebody else, of that day", () => {
  const people = new People(day);
  people.arrives(people.bearer("ada"));
  people.rename("ada", "countess");
  assert.equal(people.bearer("ada"), `irc-ada:${day}:2`);
  assert.equal(people.bearer("countess"), "irc-ada");
  assert.equal(people.bearer("ada"), `irc-ada:${day}:2`);
  people.arrives(`irc-ada:${day}:2`);
  people.rename("ada", "ada2");
  assert.equal(people.bearer("ada"), `irc-ada:${day}:3`);
});

test("somebody who left under another nick comes back under their own", () => {
  const people = new People(day);
  people.arrives(people.bearer("ada"));
  people.rename("ada", "countess");
  people.leaves("irc-ada");
  assert.equal(people.bearer("ada"), "irc-ada");
  // The other nick is free again.
  people.arrives("irc-ada");
  assert.equal(people.bearer("countess"), "irc-countess");
});

test("who was seen last under a nick is there again the next day under their own", () => {
  const today = new People(day);
  today.rename("ada", "countess");
  const tomorrow = new People("2005-06-07");
  assert.equal(tomorrow.bearer("ada"), "irc-ada");
  assert.equal(tomorrow.bearer("countess"), "irc-countess");
});
