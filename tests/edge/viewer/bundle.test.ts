// The zip as Lambda would take it: built, measured, unpacked, and called in a process of its own.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { fromBuffer } from "yauzl";
import { clientId, ours, token } from "../auth/issuer.ts";
import { KeyServer } from "../auth/key_server.ts";
import { create, say } from "../commands/said.ts";
import { event, home, outcomeOf, policy, posted, type Result, wasPassed } from "./at_the_edge.ts";

const run = promisify(execFile);
const script = join(import.meta.dirname, "..", "..", "..", "edge", "build.mjs");

let folder = "";
let issuer: KeyServer;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "crowbar-viewer-"));
  issuer = await KeyServer.start([ours.jwk]);
});
after(async () => {
  await issuer[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function build(config: object, name: string): Promise<Buffer> {
  const [settings, zip] = [join(folder, `${name}.json`), join(folder, `${name}.zip`)];
  await writeFile(settings, JSON.stringify(config));
  await run(process.execPath, [script, "--only", "viewer", "--viewer", settings, "--zip", zip]);
  return readFile(zip);
}

/** The one file of the zip. */
async function unpacked(zip: Buffer): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ name: string; bytes: Buffer }>();
  fromBuffer(zip, { lazyEntries: true }, (error, file) => {
    if (error !== null) return reject(error);
    assert.equal(file.entryCount, 1);
    file.on("entry", (entry) => {
      file.openReadStream(entry, async (failed, stream) => {
        if (failed !== null) return reject(failed);
        resolve({ name: entry.fileName, bytes: await buffer(stream) });
      });
    });
    file.readEntry();
  });
  return promise;
}

/** Calls the unpacked function with events in a process that has nothing else, as Lambda does. */
async function called(
  index: string,
  events: readonly object[],
): Promise<{ readonly results: readonly Result[]; readonly log: string }> {
  const program = `
    import { handler } from ${JSON.stringify(pathToFileURL(index).href)};
    const results = [];
    for (const event of ${JSON.stringify(events)}) results.push(await handler(event, {}));
    process.stdout.write("\\u0000" + JSON.stringify(results));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { env: {}, cwd: folder });
  const [log = "", results = "[]"] = stdout.split("\u0000");
  return { results: JSON.parse(results), log };
}

test("the bundle is small enough for the edge, and works there by itself", async () => {
  const zip = await build({ issuer: issuer.issuer, clientId, ...policy }, "viewer");
  assert.ok(zip.length < 1_000_000, `${zip.length} bytes`);

  const { name, bytes } = await unpacked(zip);
  assert.equal(name, "index.mjs");
  const index = join(folder, name);
  await writeFile(index, bytes);
  assert.doesNotMatch(bytes.toString(), /process\.env/, "there are no environment variables at the edge");

  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: "ada", iss: issuer.issuer, client_id: clientId, token_use: "access", iat: now, exp: now + 600 };
  const authorization = `Bearer ${token(undefined, claims)}`;
  const { results, log } = await called(index, [
    event({ uri: "/" }),
    event({ uri: "/views/allchannels.json" }),
    event({ uri: "/views/allchannels.json", headers: { authorization } }),
    event({ uri: "/views/allchannels.json", headers: { authorization: `${authorization}x` } }),
    posted(create(1), { authorization, origin: home }),
    posted([create(1), say(2)], { authorization }),
    posted({ ...create(1), more: 1 }, { authorization }),
    posted(create(1), { authorization, origin: "https://evil.example" }),
  ]);
  assert.deepEqual(results.map(outcomeOf), [
    "passed",
    "401 token_missing",
    "passed",
    "401 token_refused",
    "passed",
    "passed",
    "400 unknown_key",
    "403 origin_not_allowed",
  ]);
  assert.deepEqual(issuer.asked, ["/.well-known/jwks.json"]);
  const [first] = results;
  assert.ok(first !== undefined && wasPassed(first));
  assert.match(first.headers["x-request-id"]?.[0]?.value ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-7/);

  const lines = log
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(lines.filter(({ requestId }) => requestId !== undefined).length, results.length, "a line a request");
  assert.doesNotMatch(log, /eyJ/, "and no token in any");
});

test("the same configuration makes the same bytes, and another one others", async () => {
  const config = { issuer: "https://issuer.example", clientId, ...policy };
  const hash = async (changed: object, name: string) =>
    createHash("sha256")
      .update(await build(changed, name))
      .digest("hex");
  const first = await hash(config, "one");
  assert.equal(await hash(config, "two"), first);
  assert.notEqual(await hash({ ...config, clientId: "another" }, "three"), first);
});

test("a wrong configuration is no bundle", async () => {
  await assert.rejects(
    build({ issuer: "https://issuer.example", clientId, ...policy, origins: ["*"] }, "wrong"),
    /origins/,
  );
  await assert.rejects(stat(join(folder, "wrong.zip")), /ENOENT/);
});
