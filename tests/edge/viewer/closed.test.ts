import assert from "node:assert/strict";
import { test } from "node:test";
import { CoreUnavailable } from "@crowbar/domain";
import type { CloudFrontRequestEvent } from "aws-lambda";
import { KeysUnavailable } from "../../../edge/auth/keys.ts";
import { circumstances } from "../../../edge/commands/received.ts";
import type { ViewerOptions } from "../../../edge/viewer/handler.ts";
import { ada, bytes, create, general, instead, noon } from "../commands/said.ts";
import { adas, atTheEdge, chat, event, outcomeOf, posted, wasPassed } from "./at_the_edge.ts";

const bug = new TypeError("a bug of ours");
const breaks = () => {
  throw bug;
};
const expecting = { ...create(1), expectedVersion: 0 };

/** The state of a channel that was created, or was not yet. */
function snapshotOf(stream: string, version: 0 | 1): Uint8Array {
  using channel = chat.open("channel", stream);
  if (version === 1) channel.evolve(channel.decideBytes(bytes({ ...create(1), stream }), circumstances(noon, ada, [])));
  return channel.snapshot();
}

for (const [what, changes] of Object.entries({
  "the ids": { ids: { request: breaks } },
  "the clock": { clock: { now: breaks, sleep: breaks } },
  "the verifier": { verifier: { verify: () => Promise.reject(bug) } },
  "the module's reader": { domain: instead(chat, { check: breaks, open: breaks }) },
  "what is near": { near: { find: () => Promise.reject(bug) } },
  "a snapshot of another stream": {
    near: { find: async () => ({ version: 0, bytes: snapshotOf("channel-other", 0) }) },
  },
  "a snapshot of another version": { near: { find: async () => ({ version: 0, bytes: snapshotOf(general, 1) }) } },
  "the log": { onPassage: breaks },
} satisfies Record<string, Partial<ViewerOptions>>)) {
  test(`nothing goes on where something is wrong with ${what}`, async () => {
    const { handler, defects } = atTheEdge(changes as Partial<ViewerOptions>);
    const result = await handler(posted(expecting));
    assert.equal(outcomeOf(result), "500 defect");
    assert.equal(defects.length, 1);
    assert.doesNotMatch(JSON.stringify(result), /bug|stack|at /, "and nobody is told what");
  });
}

test("nothing goes on while the issuer cannot be asked, and it is said when to come again", async () => {
  const verifier = { verify: () => Promise.reject(new KeysUnavailable("away")) };
  const { handler, defects } = atTheEdge({ verifier });
  for (const sent of [posted(create(1)), event({ headers: { authorization: adas } })]) {
    const result = await handler(sent);
    assert.equal(outcomeOf(result), "503 keys_unavailable");
    assert.ok(!wasPassed(result) && result.headers?.["retry-after"]?.[0]?.value === "5");
  }
  assert.equal(outcomeOf(await handler(event({ uri: "/" }))), "passed", "what is for everybody asks nobody");
  assert.equal(defects.length, 0);
});

test("a module that has stopped is unavailable for the one request, and there for the next", async () => {
  let stopped = false;
  const domain = instead(chat, {
    open: (aggregate: string, stream: string) => {
      if (!stopped) {
        stopped = true;
        throw new CoreUnavailable("stopped");
      }
      return chat.open(aggregate as "channel", stream);
    },
  } as Partial<typeof chat>);
  const { handler } = atTheEdge({ domain });
  assert.equal(outcomeOf(await handler(posted(create(1)))), "503 core_unavailable");
  assert.equal(outcomeOf(await handler(posted(create(1)))), "passed");
});

for (const [what, wrong] of Object.entries({
  "no record": { Records: [] },
  "no request": { Records: [{ cf: { config: {} } }] },
  "no headers": { Records: [{ cf: { config: {}, request: { method: "GET", uri: "/views/x.json" } } }] },
  "a body that is a text": posted(create(1), {}, {}),
})) {
  test(`an event with ${what} lets nobody through`, async () => {
    const { handler } = atTheEdge();
    const changed = wrong as unknown as CloudFrontRequestEvent;
    const body = changed.Records[0]?.cf.request?.body;
    if (body !== undefined) body.encoding = "text";
    assert.equal(outcomeOf(await handler(changed)), "500 defect");
  });
}
