// Zip files for tests, sound ones and others.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { folder } from "./folders.ts";

export type Files = readonly (readonly [name: string, content: unknown])[];

/** The bytes of a zip file; what is no text or bytes is written as JSON. */
export async function zipOf(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of files) {
    const bytes =
      content instanceof Uint8Array ? content : typeof content === "string" ? content : JSON.stringify(content);
    zip.addBuffer(Buffer.from(bytes), name, { mtime: new Date("2000-01-01T12:00:00Z") });
  }
  zip.end();
  return buffer(zip.outputStream);
}

export function saved(bytes: Uint8Array): string {
  const path = join(folder(), "archive.zip");
  writeFileSync(path, bytes);
  return path;
}

/** The same bytes with every `from` replaced by a `to` of the same length. */
export function patched(bytes: Buffer, from: string | Buffer, to: string | Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.set(Buffer.from(to), at);
  return copy;
}

/** Changes a number in the directory's first entry: 2 or 4 bytes at a place of the record (APPNOTE 4.3.12). */
export function inDirectory(bytes: Buffer, at: number, size: 2 | 4, value: number): Buffer {
  const copy = Buffer.from(bytes);
  const entry = copy.indexOf(Buffer.from("PK\x01\x02", "latin1"));
  copy.writeUIntLE(value, entry + at, size);
  return copy;
}

/** What Slack's export has of one small workspace. */
export function workspace(days: { readonly [day: string]: readonly unknown[] } = {}, channel: object = {}): Files {
  return [
    [
      "users.json",
      [
        { id: "U1", name: "ada" },
        { id: "U2", name: "bob", profile: { display_name: "Bob" } },
      ],
    ],
    [
      "channels.json",
      [{ id: "C1", name: "general", created: 1_709_208_000, creator: "U1", members: ["U1"], ...channel }],
    ],
    ...Object.entries(days).map(([day, messages]) => [`general/${day}.json`, messages] as const),
  ];
}
