// The package as it might have been a version ago: a copy of today's, whose module has another hash and, where it is
// asked for, other rules.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Domain } from "../../../edge/domain.ts";

const dist = dirname(dirname(fileURLToPath(import.meta.resolve("@crowbar/domain/chat"))));

// An empty section of its own, which changes nothing but the hash.
const unknownSection = Buffer.from([0, 2, 1, 0x79]);
// `i32.const 4001`, against which lengths of texts are held, and `i32.const 11` in as many bytes.
const tooLong = Buffer.from([0x41, 0xa1, 0x1f]);
const sooner = Buffer.from([0x41, 0x8b, 0x00]);

/** `strict` texts have at most ten code points there. */
export async function yesterday({ strict = false } = {}): Promise<Domain> {
  const folder = mkdtempSync(join(tmpdir(), "crowbar-yesterday-"));
  after(() => rmSync(folder, { recursive: true }));
  cpSync(dist, folder, { recursive: true });
  const module = Buffer.concat([readFileSync(join(dist, "chat", "chat.wasm")), unknownSection]);
  for (let at = module.indexOf(tooLong); strict && at >= 0; at = module.indexOf(tooLong, at)) sooner.copy(module, at);
  const hash = createHash("sha256").update(module).digest("hex");
  const inlined = `export const hash = "${hash}";
export const bytes = () => Buffer.from("${module.toString("base64")}", "base64");
`;
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "chat", "bytes.js"), inlined);
  const { load } = await import(pathToFileURL(join(folder, "chat", "index.js")).href);
  return load();
}
