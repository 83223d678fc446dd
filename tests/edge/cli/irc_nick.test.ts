import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { foldedNick, userIdOf } from "../../../edge/cli/irc/nick.ts";

const isId = (text: string) => /^[A-Za-z0-9_][A-Za-z0-9._:@~-]{0,127}$/.test(text);

test("a nick is an id with what may not stand there written as bytes", () => {
  assert.equal(userIdOf("MKR"), "irc-mkr");
  assert.equal(userIdOf("_foo-1"), "irc-_foo-1");
  assert.equal(userIdOf("bur[n]er"), "irc-bur~7bn~7der");
  assert.equal(userIdOf("`^|"), "irc-~60~5e~7c");
  assert.equal(userIdOf("zoë"), "irc-zo~c3~ab");
});

test("nicks that IRC takes for one are one", () => {
  assert.equal(foldedNick("Foo[x]\\~"), "foo{x}|^");
  assert.equal(userIdOf("Foo[X]"), userIdOf("fOO{x}"));
  // Of ASCII alone: no other letter has a small one on IRC.
  assert.notEqual(userIdOf("É"), userIdOf("é"));
});

test("different nicks are different ids, and every id is one", () => {
  const nick = fc.string({ unit: fc.constantFrom(..."aZ09-_[]\\`^{|}~.:@é💡\u0301"), minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(nick, nick, (one, other) => {
      assert.ok(isId(userIdOf(one)), userIdOf(one));
      assert.equal(userIdOf(one) === userIdOf(other), foldedNick(one) === foldedNick(other));
    }),
    { seed: 3, numRuns: 2_000 },
  );
});
