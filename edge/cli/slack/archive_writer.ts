import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { type Json, OperationFailed } from "../operation.ts";

/** The same content makes the same file. */
const mtime = new Date("2000-01-01T12:00:00Z");

/** Writes a zip file, an entry after the other, of which one is held at a time. Throws `OperationFailed`. */
export interface ArchiveWriter {
  add(name: string, value: Json): Promise<void>;
  /** Makes the file appear, whole. */
  finish(): Promise<void>;
  /** Leaves nothing behind; after `finish` it does nothing. */
  close(): Promise<void>;
}

/** `path` must not be there; what is written lies beside it until it is whole. */
export function writeArchive(path: string): ArchiveWriter {
  const partly = `${path}.${randomUUID()}.partly`;
  const zip = new ZipFile();
  const through = new PassThrough();
  zip.outputStream.pipe(through);
  const failed = (error: Error) => {
    throw new OperationFailed("usage", `${path} cannot be written: ${error.message}.`, { cause: error });
  };
  const written = pipeline(through, createWriteStream(partly)).catch(failed);
  written.catch(() => {}); // whoever adds or finishes hears of it
  let finished = false;
  return {
    async add(name, value) {
      const consumed = new Promise<void>((resolve) => {
        const source = Readable.from([Buffer.from(JSON.stringify(value, undefined, 1))]);
        source.once("close", resolve);
        zip.addReadStream(source, name, { mtime, mode: 0o100644 });
      });
      await Promise.race([consumed, written]);
    },
    async finish() {
      zip.end();
      await written;
      await appear(partly, path).catch(failed);
      finished = true;
    },
    async close() {
      if (finished) return;
      through.destroy();
      await written.catch(() => {}); // whatever it was, there is nothing to keep
      await rm(partly, { force: true });
    },
  };
}

async function appear(partly: string, path: string): Promise<void> {
  const file = await open(partly, "r+");
  await file.sync().finally(() => file.close());
  await rename(partly, path);
}
