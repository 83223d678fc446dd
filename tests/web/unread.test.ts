// What was said while somebody was elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./stage.ts";
import { channelLink, createChannel, joinChannel, message, openChannel, say, stored } from "./talking.ts";

const here = stage();

test("what was not read is counted beside its channel, and a line stands above it until it was seen", {
  timeout: 120_000,
}, async () => {
  const ada = await here.signedIn("ada");
  const bob = await here.signedIn("bob");
  await createChannel(ada.page, "general");
  await joinChannel(bob.page, "general");
  await say(bob.page, "general", "read by ada");
  await message(ada.page, "read by ada").waitFor();
  await createChannel(ada.page, "elsewhere");
  for (const text of ["unread 1", "unread 2", "unread 3"]) await say(bob.page, "general", text);
  await stored(bob.page, "unread 3").waitFor();

  await ada.page.getByRole("link", { name: "general, 3 unread" }).waitFor();
  await openChannel(ada.page, "general");
  await message(ada.page, "unread 3").waitFor();
  const line = ada.page.getByRole("feed").getByText("New", { exact: true });
  await line.waitFor();
  // Above the first of them, and below what she had read.
  const tops = await Promise.all(
    [message(ada.page, "read by ada"), line, message(ada.page, "unread 1").getByText("unread 1")].map(
      async (each) => (await each.boundingBox())?.y ?? Number.NaN,
    ),
  );
  assert.ok((tops[0] as number) < (tops[1] as number) && (tops[1] as number) <= (tops[2] as number), tops.join());
  await ada.page.getByRole("link", { name: "general", exact: true }).waitFor();
  // It is kept on the device.
  await openChannel(ada.page, "elsewhere");
  await ada.page.reload();
  await channelLink(ada.page, "general").waitFor();
  assert.equal(await ada.page.getByRole("link", { name: /unread/ }).count(), 0);
  assert.deepEqual([...ada.broken, ...bob.broken], []);
});
