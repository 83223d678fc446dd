import { stat } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { OperationFailed } from "../operation.ts";
import { type Limits, limits as usual } from "./limits.ts";

/** A zip file that somebody else has made: nothing in it is trusted. */
export interface Archive {
  /** The names of its files, in order. */
  readonly names: readonly string[];
  /**
   * The JSON in a file.
   *
   * @throws EntryUnreadable where it cannot be unpacked, or is no JSON: the others may be.
   */
  json(name: string): Promise<unknown>;
  close(): void;
}

/** A file of an archive is not what it should be. */
export class EntryUnreadable extends Error {
  override readonly name = "EntryUnreadable";
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const oneMegabyte = 1 << 20;

/**
 * Opens an archive and looks at every name and size in it.
 *
 * @throws OperationFailed `usage` where it is no zip file, or one that nobody should unpack: a name that leads out of it,
 *   two files of one name, more entries or bytes than the limits, or a size that is a bomb's.
 */
export async function openArchive(path: string, limits: Limits = usual): Promise<Archive> {
  const unfit = (why: string) => new OperationFailed("usage", `${path} ${why}`);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unfit(error.code === "ENOENT" ? "is not there." : `cannot be read: ${error.message}.`);
  });
  if (!found.isFile()) throw unfit("is no file.");
  const zip = await openPromise(path, { autoClose: false }).catch((error: NodeJS.ErrnoException) => {
    throw unfit(`${error.code === undefined ? "is no zip file" : "cannot be read"}: ${error.message}.`);
  });
  try {
    const entries = await listed(zip, limits, unfit);
    return {
      names: [...entries.keys()].sort(),
      json: (name) => read(zip, entries.get(name)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof OperationFailed ? error : unfit(`is no sound zip file: ${(error as Error).message}.`);
  }
}

async function listed(zip: ZipFile, limits: Limits, unfit: (why: string) => OperationFailed) {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  if (zip.entryCount > limits.entries) {
    throw unfit(`has ${zip.entryCount} entries; the limit is ${limits.entries}.`);
  }
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize, compressedSize } = entry;
    if (fileName.endsWith("/")) continue;
    if (entries.has(fileName)) throw unfit(`has two entries called ${fileName}.`);
    if (uncompressedSize > limits.entryBytes) {
      throw unfit(`has an entry ${fileName} of ${uncompressedSize} bytes; the limit is ${limits.entryBytes}.`);
    }
    if (uncompressedSize > Math.max(compressedSize * limits.ratio, oneMegabyte)) {
      const packed = `${uncompressedSize} bytes packed into ${compressedSize}`;
      throw unfit(`has an entry ${fileName} of ${packed}; the limit is ${limits.ratio} to 1.`);
    }
    bytes += uncompressedSize;
    if (bytes > limits.allBytes) throw unfit(`unpacks to more than the limit of ${limits.allBytes} bytes.`);
    entries.set(fileName, entry);
  }
  return entries;
}

/** The sizes of the directory hold while unpacking: more bytes than it says are an error. */
async function read(zip: ZipFile, entry: Entry | undefined): Promise<unknown> {
  if (entry === undefined) throw new EntryUnreadable("It is not there.");
  if (entry.isEncrypted()) throw new EntryUnreadable("It is encrypted.");
  let bytes: Buffer;
  try {
    bytes = await buffer(await zip.openReadStreamPromise(entry));
  } catch (error) {
    throw new EntryUnreadable(`It cannot be unpacked: ${(error as Error).message}.`, { cause: error });
  }
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    throw new EntryUnreadable(`It is no JSON: ${(error as Error).message}`, { cause: error });
  }
}
