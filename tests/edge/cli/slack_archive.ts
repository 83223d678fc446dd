// What a Slack archive says, and what an import makes of it.
import assert from "node:assert/strict";
import type { JsonObject } from "../../../edge/cli/operation.ts";
import { importSlack } from "../../../edge/cli/operations/import_slack.ts";
import { verify } from "../../../edge/cli/operations/verify.ts";
import { leftOutOf, type MemoryStack, memoryStack, noon, ran, viewsOf } from "./memory_stack.ts";
import { type Files, saved, zipOf } from "./zips.ts";

export async function imported(files: Files, stack?: MemoryStack) {
  const into = stack ?? (await memoryStack());
  const { result, items } = await ran(importSlack, into, { archive: saved(await zipOf(files)) });
  const views = await viewsOf(into);
  const found = await ran(verify, into);
  assert.deepEqual(found.items, []);
  return {
    ...{ stack: into, result, views },
    leftOut: leftOutOf(items),
    rows: (views["messages/C1/1"] ?? []) as readonly JsonObject[],
    channel: views["channel/C1"] as JsonObject,
  };
}

export const ts = (second: number) => `${noon / 1000 + second}.000000`;
export const said = (second: number, user: string, text: string, more: object = {}) => ({
  ...{ type: "message", ts: ts(second), user, text },
  ...more,
});
export const joined = (second: number, user: string) => said(second, user, "has joined", { subtype: "channel_join" });
export const left = (second: number, user: string) => said(second, user, "has left", { subtype: "channel_leave" });
export const day = "2024-02-29";
