// CloudFront between the stack and those who ask, as it is set up if nobody thinks of it: what it keeps, it keeps by address,
// and gives to whoever asks next, whatever their token is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serve } from "../../../edge/local/serve.ts";
import { create, say } from "../commands/said.ts";
import { folder, person, until } from "./running.ts";

const tenYears = 10 * 365 * 86_400;
const keptStatus: ReadonlySet<number> = new Set([200, 203, 301, 308]);

/** For how many seconds CloudFront keeps an answer: "Managing how long content stays in the cache". */
function keptFor({ status, headers }: Response): number {
  if (!keptStatus.has(status)) return 0;
  const said = headers.get("cache-control");
  if (said === null) return 86_400;
  if (/\b(?:private|no-store|no-cache)\b/.test(said)) return 0;
  return Number(/\b(?:s-maxage|max-age)=(\d+)/.exec(said)?.[1] ?? 86_400);
}

function cache() {
  const kept = new Map<string, string>();
  const through = async (path: string, ask: (path: string) => Promise<Response>) => {
    const hit = kept.get(path);
    if (hit !== undefined) return { status: 200, text: hit };
    const response = await ask(path);
    const text = path === "/positions" ? "" : await response.text();
    if (path === "/positions") await response.body?.cancel();
    const seconds = keptFor(response);
    assert.ok(seconds <= tenYears);
    if (seconds > 0) kept.set(path, text);
    return { status: response.status, text };
  };
  return { kept, through };
}

test("no cache between gives somebody what somebody else may read", { timeout: 120_000 }, async (t) => {
  const served = await serve({ data: folder(t), port: 0 });
  t.after(() => served.close());
  const { origin } = served;
  const [ada, bob] = [await person(origin, "ada"), await person(origin, "bob")];
  await ada.post(create(1));
  await ada.post(say(2, "for members alone"));
  const page = "/views/messages/general/1.json";
  const written = await until(
    () => ada.get(page),
    ({ status }) => status === 200,
  );
  const forEver = written.headers.get("content-location") ?? assert.fail();

  const { kept, through } = cache();
  const forMembers = [page, forEver, "/streams/channel-general/events", "/streams/channel-general/events?after=0"];
  for (const path of [...forMembers, "/views/allchannels.json", "/positions"]) {
    assert.equal((await through(path, ada.get)).status, 200, path);
  }
  for (const path of ["/views/messages/none/1.json", "/streams/none/events", "/nowhere"]) await through(path, ada.get);
  for (const path of ["/metrics", "/traces", "/health"]) await through(path, ada.get);
  assert.deepEqual([...kept.keys()], []);
  for (const path of forMembers) {
    const { status, text } = await through(path, bob.get);
    assert.equal(status, 403, path);
    assert.doesNotMatch(text, /for members alone/);
  }
});
