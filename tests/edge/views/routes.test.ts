// GET /views/<key>.json: versions, conditions, who may read, and what is said when it cannot be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { refuse } from "../../../edge/outcome/refusal.ts";
import { ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { codeOf, page, place } from "./reading.ts";
import { bytesOf, overview } from "./views.ts";

test("a view is answered as its bytes, to be asked for again by its tag", async () => {
  const { get, etag } = await place();
  const response = await get("/views/channel/general.json");
  assert.equal(response.status, 200);
  assert.equal(await response.text(), "an overview");
  assert.deepEqual(Object.fromEntries(response.headers), {
    etag,
    "cache-control": "private, no-cache",
    "content-location": `/views/channel/general.json?etag=${etag.slice(1, -1)}`,
    "content-type": "application/json",
    "content-length": "11",
    "x-content-type-options": "nosniff",
  });
});

test("HEAD answers the same without the body", async () => {
  const { get } = await place();
  const head = await get("/views/channel/general.json", {}, "HEAD");
  const whole = await get("/views/channel/general.json");
  assert.equal(head.status, 200);
  assert.equal(await head.text(), "");
  assert.deepEqual([...head.headers], [...whole.headers]);
});

test("who has that version already is not sent it again", async () => {
  const { get, etag } = await place();
  const having = [
    etag,
    `W/${etag}`,
    "*",
    ` * `,
    `"other", ${etag}`,
    `"a,b" ,W/${etag},"c"`,
    `"",${etag}`,
    `${etag}, "x"`,
  ];
  for (const tags of having) {
    for (const method of ["GET", "HEAD"]) {
      const response = await get("/views/channel/general.json", { "if-none-match": tags }, method);
      assert.equal(response.status, 304, tags);
      assert.equal(await response.text(), "");
      assert.equal(response.headers.get("etag"), etag);
      assert.equal(response.headers.get("cache-control"), "private, no-cache");
      assert.equal(response.headers.get("content-type"), null);
    }
  }
});

test("who has another version, or says it in no way that can be read, is sent the view", async () => {
  const { get, etag } = await place();
  const bare = etag.slice(1, -1);
  const others = [
    '"other"',
    bare,
    `w/${etag}`,
    `"${bare}`,
    `W/"other"`,
    "",
    ",,,",
    `"x${bare}"`,
    `"*"`,
    '"'.repeat(8_000),
  ];
  for (const tags of others) {
    assert.equal((await get("/views/channel/general.json", { "if-none-match": tags })).status, 200, tags);
  }
});

test("under the address that names its version a view may be kept for ever", async () => {
  const { get, etag, views } = await place();
  const forEver = (await get("/views/channel/general.json")).headers.get("content-location") ?? "";
  const response = await get(forEver);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("cache-control"), "private, max-age=31536000, immutable");
  assert.equal(await response.text(), "an overview");
  assert.equal((await get(forEver, { "if-none-match": etag })).status, 304);
  await views.write(overview, bytesOf("a later overview"), { ifMatch: etag });
  const moved = await get(forEver);
  assert.equal(moved.status, 307);
  assert.equal(moved.headers.get("location"), "/views/channel/general.json");
  assert.equal(moved.headers.get("cache-control"), "no-store");
  assert.equal((await get("/views/channel/general.json")).headers.get("cache-control"), "private, no-cache");
});

test("a full page is good for ever under its version alone: what is on it may still be edited", async () => {
  const { get } = await place();
  assert.equal((await get(`/views/${page}.json`)).headers.get("cache-control"), "private, no-cache");
});

test("a version that is none is refused", async () => {
  const { get, etag } = await place();
  const tag = etag.slice(1, -1);
  for (const query of [
    "etag=",
    `etag=${encodeURIComponent(etag)}`,
    "etag=*",
    `etag=${tag}&etag=${tag}`,
    "etag=../x",
    "etag=%00",
  ]) {
    const response = await get(`/views/channel/general.json?${query}`);
    assert.equal(response.status, 400, query);
    assert.equal(await codeOf(response), "query_malformed");
  }
  assert.equal((await get(`/views/channel/random.json?etag=${tag}`)).status, 404);
});

test("what was said is for members alone: a stranger learns not even whether there is such a page", async () => {
  const { get, pageTag } = await place();
  assert.equal((await get(`/views/${page}.json`)).status, 200);
  const strangers = [
    `/views/${page}.json`,
    "/views/messages/general/2.json",
    "/views/messages/nowhere/1.json",
    `/views/${page}.json?etag=${pageTag.slice(1, -1)}`,
  ];
  for (const path of strangers) {
    for (const header of [{}, { "if-none-match": pageTag }, { "if-none-match": "*" }]) {
      const response = await get(path, { "x-actor": "bob", ...header });
      assert.equal(response.status, 403, path);
      assert.equal(await codeOf(response), "not_allowed");
    }
    assert.equal((await get(path, { "x-actor": "bob" }, "HEAD")).status, 403);
  }
  assert.equal((await get("/views/channel/general.json", { "x-actor": "bob" })).status, 200);
});

test("a view is only read here", async () => {
  const { get } = await place();
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"]) {
    const response = await get("/views/channel/general.json", {}, method);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "GET, HEAD");
    assert.equal(await codeOf(response), "method_not_allowed");
  }
});

test("where views cannot be read now, that is said, and never that there are none", async () => {
  const { get, readBy, causes } = await place();
  const cause = new ViewsUnavailable("EIO");
  readBy(() => Promise.reject(cause));
  const response = await get("/views/channel/general.json");
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "1");
  const body = await response.text();
  assert.ok(!body.includes("EIO"));
  assert.equal(JSON.parse(body).error.code, "views_unavailable");
  assert.deepEqual(causes, [cause]);
});

test("where it cannot be told who may read, nobody may", async () => {
  const { get, admitBy } = await place();
  admitBy(async () => refuse("store_unavailable", { seconds: 1 }));
  const response = await get(`/views/${page}.json`);
  assert.equal(response.status, 503);
  assert.equal(await codeOf(response), "store_unavailable");
});

test("an error that nobody has foreseen is left to whoever reports defects", async () => {
  const { app, get, readBy } = await place();
  readBy(() => Promise.reject(new TypeError("a defect")));
  app.onError((error, c) => c.text(error.message, 500));
  assert.equal(await (await get("/views/channel/general.json")).text(), "a defect");
});
