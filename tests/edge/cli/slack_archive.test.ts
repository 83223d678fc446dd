import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { openArchive } from "../../../edge/cli/slack/archive.ts";
import { limits } from "../../../edge/cli/slack/limits.ts";
import { folder } from "./folders.ts";
import { inDirectory, patched, saved, zipOf } from "./zips.ts";

const small = await zipOf([["aa/x.json", { a: 1 }]]);
const refused = (path: string, message: RegExp, tighter = {}) =>
  assert.rejects(openArchive(path, { ...limits, ...tighter }), { name: "OperationFailed", reason: "usage", message });

test("the files of an archive are read, folders are passed by", async () => {
  const archive = await openArchive(
    saved(
      await zipOf([
        ["b.json", [1]],
        ["a/c.json", "[2]"],
        ["é.json", "\uFEFF3"],
      ]),
    ),
  );
  assert.deepEqual(archive.names, ["a/c.json", "b.json", "é.json"]);
  assert.deepEqual(await Promise.all(archive.names.map((name) => archive.json(name))), [[2], [1], 3]);
  archive.close();
});

test("what is not there, no zip file, or a part of one is refused in plain words", async () => {
  const pipe = folder();
  await refused(join(folder(), "none.zip"), /none\.zip is not there\.$/);
  await refused(folder(), /is no file\.$/);
  execFileSync("mkfifo", [join(pipe, "pipe.zip")]);
  await refused(join(pipe, "pipe.zip"), /is no file\.$/);
  await refused(saved(Buffer.from("hello")), /archive\.zip is no zip file: /);
  await refused(saved(Buffer.alloc(0)), /is no zip file: /);
  await refused(saved(small.subarray(0, -10)), /is no zip file: /);
  const many = await zipOf([
    ["a.json", 1],
    ["b.json", 2],
  ]);
  await refused(saved(patched(many, Buffer.from("PK\x01\x02", "latin1"), "PKxx")), /is no sound zip file: /);
});

test("a name that leads out of the archive is refused, and with it all of it", async () => {
  await refused(
    saved(patched(small, "aa/x.json", "../x.json")),
    /is no sound zip file: .*relative path: \.\.\/x\.json/,
  );
  await refused(saved(patched(small, "aa/x.json", "/etc/pass")), /is no sound zip file: absolute path: \/etc\/pass/);
  await refused(saved(patched(small, "aa/x.json", "C:/x.json")), /is no sound zip file: absolute path/);
  await refused(saved(patched(small, "aa/x.json", "..\\x.json")), /is no sound zip file: /);
});

test("two files of one name are refused", async () => {
  const two = await zipOf([
    ["a.json", 1],
    ["b.json", 2],
  ]);
  await refused(saved(patched(two, "b.json", "a.json")), /has two entries called a\.json\.$/);
});

test("an archive beyond the limits is refused before anything is unpacked", async () => {
  const zip = saved(
    await zipOf([
      ["a.json", "[1,2,3]"],
      ["b.json", "[4,5,6]"],
    ]),
  );
  await refused(zip, /has 2 entries; the limit is 1\.$/, { entries: 1 });
  await refused(zip, /has an entry a\.json of 7 bytes; the limit is 6\.$/, { entryBytes: 6 });
  await refused(zip, /unpacks to more than the limit of 13 bytes\.$/, { allBytes: 13 });
});

test("a bomb is refused by its size, or by what comes out of it", async () => {
  const bomb = await zipOf([["bomb.json", Buffer.alloc(20 << 20, " ")]]);
  await refused(saved(bomb), /has an entry bomb\.json of 20971520 bytes packed into \d+; the limit is 250 to 1\.$/);
  // Its directory lies.
  const archive = await openArchive(saved(inDirectory(bomb, 24, 4, 1_000)));
  await assert.rejects(archive.json("bomb.json"), { name: "EntryUnreadable", message: /^It cannot be unpacked: / });
  archive.close();
});

test("a file that cannot be read is named, the others are read", async () => {
  const files = [
    ["a.json", "[1"],
    ["b.json", Buffer.from([0x22, 0xff, 0x22])],
    ["c.json", 3],
  ] as const;
  const archive = await openArchive(saved(await zipOf(files)));
  const unreadable = (name: string, message: RegExp) =>
    assert.rejects(archive.json(name), { name: "EntryUnreadable", message });
  await unreadable("a.json", /^It is no JSON: /);
  await unreadable("b.json", /^It is no JSON: .*utf-8/);
  await unreadable("d.json", /^It is not there\.$/);
  assert.equal(await archive.json("c.json"), 3);
  archive.close();
  const encrypted = await openArchive(saved(inDirectory(small, 8, 2, 1)));
  await assert.rejects(encrypted.json("aa/x.json"), { name: "EntryUnreadable", message: "It is encrypted." });
  encrypted.close();
  const packed = await openArchive(saved(inDirectory(small, 10, 2, 99)));
  await assert.rejects(packed.json("aa/x.json"), { name: "EntryUnreadable", message: /^It cannot be unpacked: / });
  packed.close();
});

test("no flipped bit does more than to make an archive unreadable", async () => {
  const zip = await zipOf([
    ["a.json", { text: "hello hello hello" }],
    ["b.json", [1]],
  ]);
  // One of each byte's.
  for (let bit = 0; bit < zip.length * 8; bit += 7) {
    const flipped = Buffer.from(zip);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    try {
      const archive = await openArchive(saved(flipped));
      for (const name of archive.names) await archive.json(name).catch(expected("EntryUnreadable"));
      archive.close();
    } catch (error) {
      expected("OperationFailed")(error);
    }
  }
});

const expected = (name: string) => (error: unknown) => {
  if (!(error instanceof Error) || error.name !== name) throw error;
};
