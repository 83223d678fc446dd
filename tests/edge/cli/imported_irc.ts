import type { Json, JsonObject } from "../../../edge/cli/operation.ts";
import { importIrc } from "../../../edge/cli/operations/import_irc.ts";
import { folderOf } from "./folders.ts";
import { leftOutOf, type MemoryStack, memoryStack, ran, viewsOf } from "./memory_stack.ts";

export interface Row {
  readonly messageId: string;
  readonly userId: string;
  readonly text: string;
  readonly at: number;
}
/** A log of one day, of these lines, in a stack of its own. */
export async function imported(lines: readonly string[] | Uint8Array, stack?: MemoryStack) {
  const content = lines instanceof Uint8Array ? lines : `${lines.join("\n")}\n`;
  const into = stack ?? (await memoryStack());
  const options = { folder: folderOf({ "2005-06-06.txt": content }), channel: "ubuntu" };
  const { result, items } = await ran(importIrc, into, options);
  const views = await viewsOf(into);
  return {
    ...{ stack: into, result, views },
    leftOut: leftOutOf(items),
    rows: (views["messages/ubuntu/1"] ?? []) as unknown as readonly Row[],
    members: ((views["channel/ubuntu"] ?? {}) as JsonObject).members,
    names: Object.fromEntries(
      Object.entries((views.allusers ?? {}) as JsonObject).map(([id, user]) => [id, (user as JsonObject).name as Json]),
    ),
  };
}
