import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, Times } from "../../../edge/cli/irc/day.ts";

const at = (time: string) => Date.parse(`2008-07-03T${time}Z`);
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const times = (...lines: readonly (string | undefined)[]) => {
  const spoken = lines.filter((line) => line !== undefined).map(minutes);
  const clock = new Times("2008-07-03", { first: spoken[0] ?? 0, latest: Math.max(0, ...spoken) });
  return lines.map((line) =>
    new Date(clock.at(line === undefined ? undefined : minutes(line))).toISOString().slice(5, 16),
  );
};

test("a file's name says its day", () => {
  assert.equal(dayOf("2004-12-25.txt"), "2004-12-25");
  assert.equal(dayOf("2008-02-29.log"), "2008-02-29");
  for (const name of [
    "2005-02-29.txt",
    "2005-13-01.txt",
    "1969-12-31.txt",
    "readme.txt",
    "2004-12-25",
    "x2004-12-25.txt",
  ]) {
    assert.equal(dayOf(name), undefined, name);
  }
});

test("minutes are of that day in UTC", () => {
  const clock = new Times("2008-07-03", { first: 543, latest: 543 });
  assert.equal(clock.at(543), at("09:03:00"));
});

test("a line without a time has that of the line before it, the first ones that of the first line with one", () => {
  assert.deepEqual(times(undefined, "13:00", undefined, "13:05", undefined), [
    ...["07-03T13:00", "07-03T13:00", "07-03T13:00", "07-03T13:05", "07-03T13:05"],
  ]);
  assert.deepEqual(times(undefined), ["07-03T00:00"]);
});

test("a day that goes on past midnight ends on the next", () => {
  assert.deepEqual(times("23:59", "00:00", undefined, "01:00"), [
    ...["07-03T23:59", "07-04T00:00", "07-04T00:00", "07-04T01:00"],
  ]);
});

test("a clock of twelve hours begins anew at noon, and at midnight", () => {
  assert.deepEqual(times("11:55", "00:05", "11:59", "00:00"), [
    ...["07-03T11:55", "07-03T12:05", "07-03T23:59", "07-04T00:00"],
  ]);
});

test("a clock that was set back a little is believed", () => {
  assert.deepEqual(times("13:00", "12:58", "13:01"), ["07-03T13:00", "07-03T12:58", "07-03T13:01"]);
  assert.deepEqual(times("02:59", "14:00", "02:00"), ["07-03T02:59", "07-03T14:00", "07-04T02:00"]);
});
