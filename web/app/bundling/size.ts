// What the built app weighs: `node web/app/bundling/size.ts`, after `npm run build -w web/app`. Answers 1 where it is too much.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

/** Bytes in brotli to the first interaction: signed in, a channel shown, the rules among them. */
const limit = 200 * 1024;
const built = new URL("../dist/", import.meta.url);

const weigh = (file: string) => brotliCompressSync(readFileSync(new URL(file, built))).length;
const html = readFileSync(new URL("index.html", built), "utf8");
// A touch icon is fetched by whoever installs the app.
const linked = [...html.replace(/<link rel="apple-touch-icon"[^>]*>/, "").matchAll(/(?:src|href)="\/([^"]+)"/g)].map(
  ([, file = ""]) => file,
);
const first = ["index.html", ...linked];
// Asked for by the first message that needs it; one without markdown is shown without it.
const beside = readdirSync(new URL("assets/", built))
  .filter((file) => file.startsWith("Markdown-") && file.endsWith(".js"))
  .map((file) => `assets/${file}`);
const later = readdirSync(new URL("assets/", built))
  .map((file) => `assets/${file}`)
  .filter((file) => !file.endsWith(".br") && !first.includes(file) && !beside.includes(file));

let sum = 0;
for (const [name, files] of [
  ["to the first interaction", first],
  ["with a message that has markdown", beside],
] as const) {
  for (const file of files) {
    const size = weigh(file);
    sum += size;
    console.log(`${String(size).padStart(8)}  ${file}`);
  }
  console.log(`${String(sum).padStart(8)}  ${name}\n`);
}
for (const file of later) console.log(`${String(weigh(file)).padStart(8)}  ${file}, when it is asked for`);
console.log(`\n${(sum / 1024).toFixed(1)} KB in brotli of ${limit / 1024} KB for ${fileURLToPath(built)}`);
process.exitCode = sum > limit ? 1 : 0;
