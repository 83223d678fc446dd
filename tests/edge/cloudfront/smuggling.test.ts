// Requests that two servers would take apart in different places. None may reach the function, nor the one behind it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answersIn, request, serving } from "./serving.ts";

const hidden = "GET /hidden HTTP/1.1\r\nHost: chat.example\r\n\r\n";
const post = (headers: readonly string[], body = "") => `${request("POST /commands", headers, body)}${hidden}`;
const chunked = "Transfer-Encoding: chunked";

for (const [what, bytes] of Object.entries({
  "a length and pieces": post(["Content-Length: 5", chunked], "0\r\n\r\n"),
  "pieces and a length": post([chunked, "Content-Length: 5"], "0\r\n\r\n"),
  "two lengths": post(["Content-Length: 2", "Content-Length: 4"], "{}"),
  "two lengths that are one": post(["Content-Length: 2", "Content-Length: 2"], "{}"),
  "a list of lengths": post(["Content-Length: 2, 2"], "{}"),
  "a length with a sign": post(["Content-Length: +2"], "{}"),
  "a length below nothing": post(["Content-Length: -1"], "{}"),
  "a length in hexadecimal": post(["Content-Length: 0x2"], "{}"),
  "a length beyond all numbers": post(["Content-Length: 99999999999999999999999"], "{}"),
  "a length that is none": post(["Content-Length: two"], "{}"),
  "a length with a space inside": post(["Content-Length: 2 2"], "{}"),
  "a space before the colon": post(["Content-Length : 2"], "{}"),
  "pieces twice": post([chunked, chunked], "0\r\n\r\n"),
  "pieces that are not the last coding": post(["Transfer-Encoding: chunked, identity"], "0\r\n\r\n"),
  "pieces in gzip": post(["Transfer-Encoding: gzip, chunked"], "0\r\n\r\n"),
  "another coding alone": post(["Transfer-Encoding: identity"], "{}"),
  "pieces misspelt": post(["Transfer-Encoding: xchunked"], "0\r\n\r\n"),
  "pieces behind a control character": post(["Transfer-Encoding: \u000bchunked"], "0\r\n\r\n"),
  "pieces on a folded line": post(["Transfer-Encoding:\r\n chunked"], "0\r\n\r\n"),
  "a piece's size with a sign": post([chunked], "+2\r\n{}\r\n0\r\n\r\n"),
  "a piece's size in no digits": post([chunked], "zz\r\n{}\r\n0\r\n\r\n"),
  "a piece's size with 0x": post([chunked], "0x2\r\n{}\r\n0\r\n\r\n"),
  "a piece's size beyond all numbers": post([chunked], "fffffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
  "a piece that is longer than it says": post([chunked], "1\r\n{}\r\n0\r\n\r\n"),
  "a piece that ends in a bare line feed": post([chunked], "2\n{}\n0\n\n"),
  "a header on a folded line": post(["X: 1\r\n 2", "Content-Length: 2"], "{}"),
  "a header without a colon": post(["Content-Length 2"], "{}"),
  "a header without a name": post([": 2"], "{}"),
  "a header with a NUL": post(["X: a\u0000b", "Content-Length: 2"], "{}"),
  "a header with a bare carriage return": post(["X: a\rContent-Length: 40", "Content-Length: 2"], "{}"),
  "a header with a bare line feed": post(["X: a\nContent-Length: 40", "Content-Length: 2"], "{}"),
  "a header's name in other letters": post(["Content\u2010Length: 40", "Content-Length: 2"], "{}"),
  "lines that end in line feeds": post(["Content-Length: 2"], "{}").replaceAll("\r\n", "\n"),
  "a version that is none": request("POST /commands").replace("HTTP/1.1", "HTTP/1.9") + hidden,
  "no version": `GET /hidden\r\n\r\n${hidden}`,
  "HTTP/2 without asking": `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
  TLS: "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
  nonsense: "hello\r\n\r\n",
})) {
  test(`refused: ${what}`, async () => {
    await using t = await serving();
    const answers = answersIn(await t.raw(Buffer.from(bytes, "latin1")));
    assert.equal(answers.length, 1, JSON.stringify(answers));
    assert.match(answers[0] ?? "", /^400 (?:request|header)_malformed$/);
    assert.ok(t.events.every(({ Records: [record] }) => record?.cf.request.uri !== "/hidden"));
    assert.ok(t.asked.every(({ url }) => !url.endsWith("/commands") && !url.endsWith("/hidden")));
  });
}

test("requests one behind the other are answered in their order", async () => {
  await using t = await serving({
    origin: async ({ url }) => {
      if (url.endsWith("/first")) await new Promise((resolve) => setTimeout(resolve, 20));
      return new Response(url);
    },
  });
  const first = "GET /first HTTP/1.1\r\nHost: chat.example\r\n\r\n";
  const text = await t.raw(first + request("GET /second"));
  assert.deepEqual(answersIn(text), ["200", "200"]);
  assert.ok(text.indexOf("/first") < text.indexOf("/second"));
});

test("a good request is answered, whatever comes behind the end that it has announced", async () => {
  await using t = await serving();
  const text = await t.raw(`${request("GET /first")}${hidden}nonsense`);
  assert.deepEqual(answersIn(text), ["200"]);
  assert.equal(t.asked.length, 1);
});

test("a bad request behind a good one is never its answer", async () => {
  await using t = await serving({
    origin: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return new Response("mine");
    },
  });
  const text = await t.raw("GET /first HTTP/1.1\r\nHost: chat.example\r\n\r\nnonsense\r\n\r\n");
  assert.deepEqual(answersIn(text), ["200", "400 request_malformed"]);
});

test("an answer is sent once, also where the rest of its request is none", async () => {
  await using t = await serving({ viewer: async () => ({ status: "401" }) });
  const text = await t.raw(
    "PUT /x HTTP/1.1\r\nHost: chat.example\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nnonsense",
  );
  assert.deepEqual(answersIn(text), ["401"]);
});
