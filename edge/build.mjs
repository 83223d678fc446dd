// `npm run build -w edge`: the package into dist, and the function at the edge as the zip that Lambda takes.
//   --viewer FILE   its configuration, which is put into the bundle (edge/viewer/viewer_config.ts); else that of `npm start`
//   --zip FILE      where the zip goes, in place of dist/viewer.zip
//   --only viewer   leaves the package as it is
import { execFileSync } from "node:child_process";
import { cpSync, createWriteStream, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { ZipFile } from "yazl";
import { clientId, ownOrigins } from "./local/sign_in/client.ts";
import { appPaths, rootFiles } from "./local/site/app_paths.ts";
import { readViewerConfig } from "./viewer/viewer_config.ts";

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    viewer: { type: "string" },
    zip: { type: "string", default: join(here, "dist", "viewer.zip") },
    only: { type: "string" },
  },
});

const issuer = "http://127.0.0.1:8080/auth";
const local = {
  issuer,
  clientId,
  origins: ownOrigins(issuer),
  publicPaths: [...appPaths, ...rootFiles, "/.well-known/*"],
};

function compile() {
  rmSync(join(here, "dist"), { recursive: true, force: true });
  const tsc = createRequire(import.meta.url).resolve("typescript/package.json");
  execFileSync(process.execPath, [join(dirname(tsc), "bin", "tsc"), "-p", here], { stdio: "inherit" });
  // What the code reads beside itself: the compiler leaves it where it is.
  const exclude = ["dist/**", "node_modules/**"];
  for (const file of globSync("**/*.{html,css,svg,js,txt}", { cwd: here, exclude })) {
    cpSync(join(here, file), join(here, "dist", file));
  }
}

async function bundleViewer(config) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "viewer", "lambda.ts")],
    define: { viewerConfig: JSON.stringify(config) },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22", // the newest that every region of Lambda@Edge has
    write: false,
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0].contents;
}

/** One file, and the same bytes from the same bundle: a zip would else remember when it was made. */
async function zip(bundle, file) {
  const zipped = new ZipFile();
  zipped.addBuffer(Buffer.from(bundle), "index.mjs", {
    mtime: new Date(1980, 0, 1),
    mode: 0o100644,
    compressionLevel: 9,
  });
  zipped.end();
  mkdirSync(dirname(file), { recursive: true });
  await pipeline(zipped.outputStream, createWriteStream(file));
}

if (values.only !== undefined && values.only !== "viewer")
  throw new Error(`There is no part "${values.only}"; viewer is one.`);
const config = readViewerConfig(values.viewer === undefined ? local : JSON.parse(readFileSync(values.viewer, "utf8")));
if (values.only === undefined) compile();
await zip(await bundleViewer(config), values.zip);
