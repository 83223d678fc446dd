import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fileOfKey, keyOfFile } from "../../../edge/views/file_of_key.ts";
import { isViewKey } from "../../../edge/views/view_key.ts";
import { lookalikes } from "./view_keys.ts";

const first = "ABCXYZabcxyz019_";
const later = `${first}.:@~-`;
const segment = fc
  .tuple(fc.constantFrom(...first), fc.string({ unit: fc.constantFrom(...later), maxLength: 255 }))
  .map(([head, tail]) => head + tail);
const key = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/")),
  fc.constantFrom(...lookalikes),
);
const options = { seed: 3, numRuns: 2_000 };

test("the view of a plain key lies where one would look for it", () => {
  assert.equal(fileOfKey("allchannels"), "allchannels.json");
  assert.equal(fileOfKey("messages/general/1"), "messages/general/1.json");
  assert.equal(fileOfKey("channel/General"), "channel/=general.json");
  assert.equal(fileOfKey("channel/a.."), "channel/a=2e=2e.json");
  assert.equal(fileOfKey("channel/con"), "channel/=63on.json");
});

test("each key has a file of its own, on file systems too that do not tell upper from lower case", () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      assert.equal(fileOfKey(one).toLowerCase() === fileOfKey(other).toLowerCase(), one === other);
    }),
    options,
  );
  const files = lookalikes.map((each) => fileOfKey(each).toLowerCase());
  assert.equal(new Set(files).size, lookalikes.length);
});

test("each file gives its key back", () => {
  fc.assert(
    fc.property(key, (each) => {
      assert.ok(isViewKey(each));
      assert.equal(keyOfFile(fileOfKey(each)), each);
    }),
    options,
  );
});

test("a name is one that every file system takes", () => {
  fc.assert(
    fc.property(key, (each) => {
      for (const name of fileOfKey(each).split("/")) {
        assert.match(name, /^[a-z0-9_=-][a-z0-9_=+-]*(?:\.json)?$/);
        assert.ok(name.length <= 210);
        assert.doesNotMatch(name, /^(?:con|nul|aux|prn|com\d|lpt\d)(?:\.|$)/);
      }
    }),
    options,
  );
});

test("no folder is where another key's file is", () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      assert.ok(!fileOfKey(one).startsWith(`${fileOfKey(other)}/`));
    }),
    options,
  );
});

test("a file that no key has is none", () => {
  const strange = [
    "",
    ".json",
    "x",
    "x.txt",
    "X.json",
    "a.b.json",
    "=.json",
    "=2.json",
    "=2E.json",
    "=61.json",
    "a+/b.json",
  ];
  for (const path of [...strange, "x.json.1-2.tmp", "con.json", "../x.json", "channel//x.json", "channel/.json"]) {
    assert.equal(keyOfFile(path), undefined, path);
  }
});
