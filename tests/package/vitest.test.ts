// The test kit in vitest: what is right is green, what is wrong is red and shows how.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { pack, project, tool } from "./project.ts";

const specification = (text: string) => `import { test } from "vitest";
import { given } from "@crowbar/domain/testing";
test("a member speaks", () => {
  given([{ type: "channel_created", data: { name: "general", description: "" } }])
    .when({ type: "send_message", data: { messageId: "m1", text: "hello" } }, { actor: "ada" })
    .then([{ type: "message_sent", data: { messageId: "m1", text: "${text}" } }]);
});
`;
const fresh = project(pack("vitest"), {
  "green.test.js": specification("hello"),
  "red.test.js": specification("hullo"),
});
after(() => fresh[Symbol.dispose]());

/** Runs one file of the project. */
function run(file: string) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = [tool("vitest"), "run", "--root", fresh.folder, file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: fresh.folder, env });
  return { status, said: stripVTControlCharacters(stdout + stderr) };
}

test("a specification that holds is green", () => {
  const { status, said } = run("green.test.js");
  assert.equal(status, 0, said);
  assert.match(said, /Tests +1 passed/);
});

test("a specification that does not hold is red, at its own line and with the difference", () => {
  const { status, said } = run("red.test.js");
  assert.equal(status, 1, said);
  assert.match(said, /Tests +1 failed/);
  assert.match(said, /send_message by ada on channel-ada: accepted, events: 1\./);
  assert.match(said, /red\.test\.js:6:6/);
  assert.match(said, /^\+ .*text.*hello/m);
  assert.match(said, /^- .*text.*hullo/m);
});
