import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { FileViews } from "../../../edge/views/file_views.ts";
import { viewStoreContract } from "./view_store_contract.ts";

const root = await mkdtemp(join(tmpdir(), "crowbar-views-"));
after(() => rm(root, { recursive: true }));
let count = 0;

viewStoreContract("views as files", () => {
  count += 1;
  return FileViews.open(join(root, String(count)));
});
