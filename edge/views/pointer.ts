import { rename } from "node:fs/promises";
import { join } from "node:path";
import { discard, writeAside } from "./aside.ts";
import { FolderSync } from "./folder_sync.ts";
import { wholeFile } from "./whole_file.ts";

/** The file that names the generation that is current. What the functions here throw is the file system's error. */
const pointer = "current";
const names = new FolderSync();

/** The current generation's name; undefined where none has ever been. */
export async function readPointer(root: string): Promise<string | undefined> {
  const file = await wholeFile(join(root, pointer));
  return file && Buffer.from(file.bytes).toString().trimEnd();
}

/** Makes a generation the current one, at once and durably, or not at all. Where it throws, reading tells which it is. */
export async function writePointer(root: string, generation: string): Promise<void> {
  const file = join(root, pointer);
  const aside = await writeAside(file, Buffer.from(`${generation}\n`));
  try {
    // The generation's own name is durable before anything points to it.
    await names.sync(root);
    await rename(aside.path, file);
  } catch (error) {
    await discard(aside.path);
    throw error;
  }
  await names.sync(root);
}
