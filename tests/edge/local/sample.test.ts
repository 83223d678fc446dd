// `npm start -- --sample`, and what else may stand behind it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { folder, person, start } from "./running.ts";

test("the sample comes in once, and whoever joins its channel reads it", { timeout: 240_000 }, async (t) => {
  const data = folder(t);
  const first = await start(t, data, {}, ["--sample"]);
  assert.match(first.printed(), /The sample is there: \d+ events came in\./);
  const ada = await person(first.origin, "ada");
  const join = { id: "018df4c1-4800-7000-8000-000000000001", stream: "channel-ubuntu", type: "join_channel", data: {} };
  assert.equal((await ada.post(join)).status, 200);
  const page = (await (await ada.get("/views/messages/ubuntu/11.json")).json()) as { data: readonly unknown[] };
  assert.equal(page.data.length, 100);
  assert.equal(await first.end("SIGTERM"), 0);
  const second = await start(t, data, {}, ["--sample"]);
  assert.match(second.printed(), /The sample was there already\./);
});

test("help is given without starting anything, and what is no option is said", { timeout: 60_000 }, async (t) => {
  await assert.rejects(start(t, folder(t), {}, ["--help"]), /It ended with 0: npm start runs Crowbar on this machine/);
  await assert.rejects(
    start(t, folder(t), {}, ["--smaple"]),
    /It ended with 2: Unknown option '--smaple'\.\n\nnpm start/,
  );
});
