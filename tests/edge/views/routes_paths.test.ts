// GET /views/<key>.json: addresses of no view, and addresses made to reach something else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, place } from "./reading.ts";
import { overview, put } from "./views.ts";

test("a view that is not there, or that the rules do not know, is not found", async () => {
  const { get } = await place();
  for (const key of ["channel/random", "allchannels", "messages/general/2", ...unknown]) {
    const response = await get(`/views/${key}.json`);
    assert.equal(response.status, 404, key);
    assert.equal(await codeOf(response), "view_not_found");
  }
});

const unknown = [
  "secrets",
  "channel",
  "channel/general/1",
  "messages/general",
  "messages/general/0",
  "messages/general/01",
  "messages/general/1e0",
  "messages/general/1.0",
  "messages/general/9999999999",
  "messages/general/1/2",
  "messages/channel-general/1",
  "channel/channel-general",
  "allchannels/x",
  "Allchannels",
  "channel/general.json",
  "__proto__",
  "constructor/x",
];

test("no trick with a path comes near a file", async () => {
  const { app, readBy } = await place();
  const read: string[] = [];
  readBy(async (key) => {
    read.push(key);
    return undefined;
  });
  for (const path of tricks) {
    // As a server that does not tidy up addresses would hand it on: nothing is normalised on the way.
    const raw = new Proxy(new Request("http://here/"), {
      get: (target, name) => (name === "url" ? `http://here${path}` : Reflect.get(target, name, target)),
    });
    const response = await app.fetch(raw);
    assert.equal(response.status, ofNoView.includes(path) ? 404 : 400, path);
    assert.deepEqual(read, [], path);
    const tidied = await app.request(`http://here${path}`);
    assert.ok([400, 404].includes(tidied.status), `${path} tidied: ${tidied.status}`);
    // A backslash is a slash to whoever tidies up.
    assert.ok(read.splice(0).every((key) => key === overview));
  }
});

/** These are made of a key's signs. */
const ofNoView = ["/views/C:/x.json", `/views/channel/${"a".repeat(129)}.json`];

const tricks = [
  ...ofNoView,
  "/views/.json",
  "/views/",
  "/views//channel/general.json",
  "/views/channel//general.json",
  "/views/../views/secret.json",
  "/views/channel/../../../../etc/passwd.json",
  "/views/channel/%2e%2e/%2e%2e/etc/passwd.json",
  "/views/channel/%2E%2E%2Fgeneral.json",
  "/views/channel%2fgeneral.json",
  "/views/channel/%252e%252e/x.json",
  "/views/channel/%25252e.json",
  "/views/channel/..%5c..%5cx.json",
  "/views/channel\\general.json",
  "/views/..\\..\\x.json",
  "/views/channel/general%00.json",
  "/views/channel/general\0.json",
  "/views/channel/general.json%00.html",
  "/views/channel/general.json/",
  "/views/channel/general.json;x=1",
  "/views/channel/general%20.json",
  "/views/channel/general%",
  "/views/channel/%zz.json",
  "/views/channel/%c0%ae%c0%ae/x.json",
  "/views/channel/\u212aelvin.json",
  "/views/channel/%E2%84%AA.json",
  "/views/%63hannel/general.json",
  "/%76iews/channel/general.json",
  "/views/.hidden.json",
  "/views/~root.json",
  "/views/file:///etc/passwd.json",
  "/views/channel/a?.json",
  "/views/channel/a#.json",
  `/views/${"a/".repeat(5_000)}a.json`,
  `/views/channel/${"a".repeat(100_000)}.json`,
];

test("an id may have its colon and its at sign encoded, as clients do", async () => {
  const { get, views } = await place();
  await put(views, "channel/a:b@c~d", "an overview");
  for (const id of ["a:b@c~d", encodeURIComponent("a:b@c~d"), "a%3ab%40c~d"]) {
    assert.equal((await get(`/views/channel/${id}.json`)).status, 200, id);
  }
});
