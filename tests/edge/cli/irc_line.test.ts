import assert from "node:assert/strict";
import { test } from "node:test";
import { readLine } from "../../../edge/cli/irc/line.ts";

const said = (kind: string, minute: number, nick: string, text: string) => ({ kind, minute, nick, text });

test("a message, an action, a join, a leave and a rename are read", () => {
  assert.deepEqual(readLine("[09:03] <MKR> You'll need it"), said("message", 543, "MKR", "You'll need it"));
  assert.deepEqual(readLine("[09:05] * MasseR waves"), said("action", 545, "MasseR", "waves"));
  const host = "[i=Biohazar@blfd-4db578aa.pool.einsundeins.de]";
  assert.deepEqual(readLine(`=== Biohazard ${host}  has joined #ubuntu`), { kind: "join", nick: "Biohazard" });
  assert.deepEqual(readLine(`=== Biohazard ${host}  has left #ubuntu []`), { kind: "leave", nick: "Biohazard" });
  assert.deepEqual(readLine("=== foo is now known as bar"), { kind: "rename", nick: "foo", to: "bar" });
});

test("a farewell may lack its last quote, and a channel's name its small letters", () => {
  assert.deepEqual(readLine('=== womble [~m@x]  has left #Ubuntu ["Oooh!]'), { kind: "leave", nick: "womble" });
  assert.deepEqual(readLine("=== womble [~m@x]  has joined #UBUNTU"), { kind: "join", nick: "womble" });
});

test("the space that these logs put behind a bracket is no part of a nick", () => {
  assert.deepEqual(readLine("=== bur[n] er [~n@c-67]  has joined #ubuntu"), { kind: "join", nick: "bur[n]er" });
  assert.deepEqual(readLine("=== [optik]  [~o@200.1]  has joined #ubuntu"), { kind: "join", nick: "[optik]" });
  assert.deepEqual(readLine("=== N}{N[] O [n=C@85]  has left #ubuntu []"), { kind: "leave", nick: "N}{N[]O" });
  assert.deepEqual(readLine("=== bob[1]  is now known as [MUPPETS] Gonzo"), {
    ...{ kind: "rename", nick: "bob[1]", to: "[MUPPETS]Gonzo" },
  });
  assert.deepEqual(readLine("[01:02] <[ANF] MasterNinja> hi"), said("message", 62, "[ANF]MasterNinja", "hi"));
});

test("a bracket in a host has its space too", () => {
  const join = (nick: string) => ({ kind: "join", nick });
  assert.deepEqual(readLine("=== augmentor [[H] -853478@58.10]  has joined #ubuntu"), join("augmentor"));
  assert.deepEqual(readLine("=== [work]  [n=[gijoe] @cacher3]  has joined #ubuntu"), join("[work]"));
  assert.deepEqual(readLine("=== Istario [n=[tgn] cok@67.170]  has left #ubuntu []"), {
    kind: "leave",
    nick: "Istario",
  });
});

test("an action of the old form is read as what somebody may have done", () => {
  const remark = (nick: string, text: string) => ({ kind: "remark", nick, text });
  assert.deepEqual(readLine("=== jiyuu0 here to witness..."), remark("jiyuu0", "here to witness..."));
  assert.deepEqual(readLine("=== zcat[1]  uses nvidia"), remark("zcat[1]", "uses nvidia"));
  assert.deepEqual(readLine("=== bur[n] er uses  wine "), remark("bur[n]er", "uses  wine "));
  assert.deepEqual(
    readLine("=== Topic for #ubuntu: none"),
    remark("Topic", "for #ubuntu: none"),
    "a nick like any other",
  );
});

test("what is said is kept as it is, brackets, spaces and all", () => {
  assert.deepEqual(readLine("[00:00] <a>  <b> [x] * y "), said("message", 0, "a", " <b> [x] * y "));
  assert.deepEqual(readLine("[23:59] <a>"), said("message", 1439, "a", ""));
  assert.deepEqual(readLine("[10:00] <a> x\u2028y\rz"), said("message", 600, "a", "x\u2028y\rz"));
  assert.deepEqual(readLine("[10:00] * a"), said("action", 600, "a", ""));
});

test("a line of another form is none of these", () => {
  const others = [
    "",
    "hello",
    "=== ..[topic/#ubuntu:apokryphos] : Official Ubuntu support channel",
    "=== LjL changed the topic of #ubuntu to: Official Ubuntu Support Channel",
    "=== ada ",
    "=== ada",
    "=== mode/#ubuntu [+o Amaranth]  by ChanServ",
    "=== ubuntu_ was kicked off #ubuntu by Amaranth (Amaranth)",
    "[05:12] -pikoopnbcq:#ubuntu- happy hannukah",
    "[01:09] (soundray/#ubuntu) thomas: have you seen it?",
    "[24:00] <a> too late",
    "[09:60] <a> too late",
    "[9:00] <a> short",
    "[09:00] <> nobody",
    "[09:00] <a b> two",
    " [09:00] <a> indented",
    "===  [~a@b]  has joined #ubuntu",
    "=== a b [~a@b]  has joined #ubuntu",
    "=== a is now known as ",
    "=== a is now known as b c",
  ];
  for (const line of others) assert.equal(readLine(line), undefined, line);
});

test("a long hostile line costs no time", { timeout: 10_000 }, () => {
  const long = 200_000;
  const hostile = [
    `=== ${"[".repeat(long)}`,
    `=== ${"] ".repeat(long)} is now known as`,
    `[09:00] <${"] ".repeat(long)}`,
    `[09:00]${" ".repeat(long)}`,
    `[09:00] * ${"a".repeat(long)}`,
    `=== ${"] ".repeat(500)}`,
    `=== a [${"] ".repeat(500)}`,
    `=== ${"[] ".repeat(300)}`,
  ];
  for (const line of hostile) readLine(line);
});
