import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isServed, StaticFile } from "./static_file.ts";

/**
 * The files of a folder by their path below it, `/assets/app.js`: what is not listed is not served, however an address is
 * written. `keeps` says of which paths the name stands for the bytes.
 */
export function siteFiles(folder: string, keeps: (path: string) => boolean): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !isServed(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join("/")}`;
    files.set(path, new StaticFile(file, keeps(path)));
  }
  return files;
}

/** A built site. It may be built anew while it is served: then its files are those of the new build. */
export class Site {
  readonly #folder: string;
  #files: ReadonlyMap<string, StaticFile> = new Map();
  #builtAt = Number.NaN;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where nothing is built in that folder. */
  static open(folder: string): Site | undefined {
    const site = new Site(folder);
    return site.document === undefined ? undefined : site;
  }

  /** Its one document. */
  get document(): StaticFile | undefined {
    return this.file("/index.html");
  }

  file(path: string): StaticFile | undefined {
    if (!isHashed(path)) this.#look();
    return this.#files.get(path);
  }

  /** Of all files but those whose name has their hash in it, and the document. */
  get paths(): readonly string[] {
    return [...this.#files.keys()].filter((path) => path !== "/index.html" && !isHashed(path));
  }

  /** Is it another build by now? A page that its service worker opens asks for that one's file alone. */
  #look(): void {
    const builtAt = statSync(join(this.#folder, "index.html"), { throwIfNoEntry: false })?.mtimeMs;
    if (builtAt === undefined || builtAt === this.#builtAt) return;
    this.#files = siteFiles(this.#folder, isHashed);
    this.#builtAt = builtAt;
  }
}

/** Vite puts the hash of the bytes into the name of each file there. */
export const isHashed = (path: string) => path.startsWith("/assets/");
