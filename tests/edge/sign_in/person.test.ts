import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { personOf, readName } from "../../../edge/local/sign_in/person.ts";

const settings = { seed: 3, numRuns: 1_000 };
/** The domain's own form of an id: `is_id` in domain/kernel/value.hpp. */
const idForm = /^[A-Za-z0-9_][A-Za-z0-9._:@~-]{0,127}$/;

test("whatever name is taken, its person's id has the form of the domain's ids", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 90 }), (typed) => {
      const name = readName(typed);
      if (name !== undefined) assert.match(personOf(name).id, idForm);
    }),
    settings,
  );
});

test("a name that was taken is taken again as it is, and different names are different people", () => {
  const names = fc.string({ unit: "grapheme", maxLength: 40 }).map(readName);
  fc.assert(
    fc.property(names, names, (one, other) => {
      fc.pre(one !== undefined && other !== undefined);
      assert.equal(readName(one), one);
      assert.equal(personOf(one).id === personOf(other).id, one === other);
    }),
    settings,
  );
});

test("a plain word is its own id, every other name has the same UUID everywhere", () => {
  assert.equal(personOf("ada").id, "ada");
  assert.equal(personOf("__proto__").id.length, 36);
  assert.equal(personOf("Ada").id, "0be3edd5-9596-8e53-8da7-e50345d60e97");
  assert.equal(personOf("ada@example.org").id.includes("@"), false);
});
