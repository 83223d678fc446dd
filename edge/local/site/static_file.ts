import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
/** What is compressed already gains nothing. */
const dense: ReadonlySet<string> = new Set([".png", ".woff2", ".ico"]);

/** Bytes as they go out, in one coding, and the tag that names them. */
export interface Coded {
  readonly bytes: Buffer;
  /** `"…"`, one for each coding. */
  readonly etag: string;
}

/** Does a file of that name have a type that is served? */
export const isServed = (path: string) => Object.hasOwn(types, extname(path));

/** A file that anybody may have. It is read when it is first asked for, and stays in memory as long as it is the same. */
export class StaticFile {
  readonly type: string;
  /** Do its bytes depend on what a reader accepts? */
  readonly coded: boolean;
  readonly #path: string;
  readonly #keeps: boolean;
  #writtenAt: number | undefined;
  #plain: Promise<Coded> | undefined;
  #brotli: Promise<Coded> | undefined;

  /**
   * `keeps`: the name stands for the bytes, so what was compressed once is kept beside the file, as `<name>.br`, for the
   * next process.
   */
  constructor(path: string, keeps: boolean) {
    this.type = types[extname(path)] ?? "application/octet-stream";
    this.coded = !dense.has(extname(path));
    this.#path = path;
    this.#keeps = keeps;
  }

  /** Rejects where the file is gone. */
  plain(): Promise<Coded> {
    this.#look();
    this.#plain ??= this.#read().catch((error: unknown) => {
      this.#plain = undefined;
      throw error;
    });
    return this.#plain;
  }

  /** Compressed with brotli at its best. */
  brotli(): Promise<Coded> {
    this.#look();
    this.#brotli ??= this.#compressed().catch((error: unknown) => {
      this.#brotli = undefined;
      throw error;
    });
    return this.#brotli;
  }

  // What may have other bytes under the same name is looked after each time.
  #look(): void {
    if (this.#keeps) return;
    const writtenAt = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs;
    if (writtenAt !== this.#writtenAt) this.#plain = this.#brotli = undefined;
    this.#writtenAt = writtenAt;
  }

  async #read(): Promise<Coded> {
    const bytes = await readFile(this.#path);
    return { bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"` };
  }

  async #compressed(): Promise<Coded> {
    const { bytes, etag } = await this.plain();
    const kept = this.#keeps ? await readFile(`${this.#path}.br`).catch(() => undefined) : undefined;
    return { bytes: kept ?? (await this.#compress(bytes)), etag: etag.replace(/"$/, '-br"') };
  }

  async #compress(bytes: Buffer): Promise<Buffer> {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    const compressed = await compress(bytes, { params });
    if (this.#keeps) await keep(`${this.#path}.br`, compressed);
    return compressed;
  }
}

/** Whole, or not there. A folder that cannot be written to costs the next process its time, and nothing else. */
async function keep(path: string, bytes: Buffer): Promise<void> {
  const aside = `${path}.${process.pid}.tmp`;
  await writeFile(aside, bytes)
    .then(() => rename(aside, path))
    .catch(() => undefined);
}
