// Writes views on a disk of 448 KB until it is full, and says what it then finds. Argument: a folder on that disk.
import { statfs } from "node:fs/promises";
import { FileViews } from "../../../edge/views/file_views.ts";
import { lookThrough } from "../../../edge/views/folder.ts";
import { ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { absent, keysOf, overview, read } from "./views.ts";

const [folder = ""] = process.argv.slice(2);
const views = await FileViews.open(folder);
const outcomes: Record<string, unknown> = {};
const tried = async (name: string, task: () => Promise<unknown>) => {
  outcomes[name] = await task().catch((error: unknown) => {
    const { cause } = error as Error;
    return error instanceof ViewsUnavailable && cause instanceof Error && "code" in cause ? cause.code : String(error);
  });
};
const sized = (kilobytes: number) => new Uint8Array(kilobytes * 1024).fill(97);

const first = await views.write(overview, sized(100), absent);
const etag = first.kind === "written" ? first.etag : "";
await tried("replaced", () => views.write(overview, sized(400), { ifMatch: etag }));
await tried("begun", () => views.write("messages/general/1", sized(400), absent));
await tried("begunInNext", async () => (await views.begin()).write(overview, sized(400), absent));
outcomes.size = (await read(views, overview))?.length;
outcomes.keys = await keysOf(views);
outcomes.left = (await lookThrough(folder)).files.filter((name) => name.endsWith(".tmp"));
await tried("smaller", async () => (await views.write(overview, sized(10), { ifMatch: etag })).kind);
await tried("again", async () => (await views.write("messages/general/1", sized(100), absent)).kind);
await views.close();
const { bfree, bsize } = await statfs(folder);
outcomes.roomLeft = bfree * bsize > 300_000;
process.stdout.write(JSON.stringify(outcomes));
