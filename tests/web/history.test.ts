// Looking back: a channel as it was after each of its events, and what the rules would have said then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./stage.ts";
import { act, createChannel, message, say, status, stored } from "./talking.ts";

const here = stage();

test("the slider shows each moment as it was, and a command is tried there without being sent", {
  timeout: 120_000,
}, async () => {
  const { page, broken } = await here.signedIn("ada");
  await createChannel(page, "general");
  await say(page, "general", "the first thought");
  await stored(page, "the first thought").waitFor();
  await act(message(page, "the first thought"), "Edit");
  await page.getByRole("textbox", { name: "Edit message" }).fill("the second thought");
  await page.keyboard.press("Enter");
  await stored(page, "the second thought").waitFor();

  await page.getByRole("button", { name: "History", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "History" });
  const slider = panel.getByRole("slider", { name: "Version" });
  await panel.getByText("3 of 3").waitFor();
  await panel.getByText("message_edited").first().waitFor();
  // By keyboard, as a slider is.
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await panel.getByText("2 of 3").waitFor();
  await panel.getByText("message_sent").first().waitFor();
  await panel.getByText("the first thought").first().waitFor();
  assert.equal(await panel.getByText("the second thought").count(), 0);
  await panel.getByRole("button", { name: "First" }).click();
  await panel.getByText("0 of 3").waitFor();
  await panel.getByRole("button", { name: "Forward" }).click();
  await panel.getByText("1 of 3").waitFor();
  await panel.getByText("channel_created").first().waitFor();

  await panel.getByRole("combobox", { name: "Command" }).selectOption("edit_message");
  await panel.getByRole("textbox", { name: "messageId" }).fill("m1");
  await panel.getByRole("textbox", { name: "text" }).fill("too early");
  await panel.getByRole("button", { name: "Decide" }).click();
  await panel.getByRole("status").getByText("message_not_found").waitFor();
  await panel.getByRole("combobox", { name: "Command" }).selectOption("join_channel");
  await panel.getByRole("button", { name: "Decide" }).click();
  await panel.getByRole("status").getByText("it was so already").waitFor();
  // The channel itself is where it was.
  assert.equal(await message(page, "the second thought").count(), 1);
  await panel.getByRole("button", { name: "Newest" }).click();
  await panel.getByText("3 of 3").waitFor();
  assert.deepEqual(broken, []);
});

test("each step has the command behind it, which is asked for where the slider rests", {
  timeout: 120_000,
}, async () => {
  const { page, context, broken } = await here.signedIn("bob");
  const asked: string[] = [];
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (path.includes("/commands/")) asked.push(path);
  });
  await createChannel(page, "steps");
  for (const number of [1, 2, 3, 4]) await say(page, "steps", `step ${number} `);
  await stored(page, "step 4").waitFor();

  await page.getByRole("button", { name: "History", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "History" });
  const behind = panel.getByRole("region", { name: "What was asked" });
  await behind.getByText("Send a message, asked by bob").waitFor();
  await behind.getByText('"text": "step 4 "').waitFor();
  await behind.getByText("version 4").waitFor();
  // What came of it has no space at its end.
  await panel.getByRole("region", { name: "What happened" }).getByText('"text": "step 4"').waitFor();
  await behind.getByText("The rules have made something else of text.").waitFor();
  assert.equal(asked.length, 1);

  // On the way no position is asked for; where it rests, after a while.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await panel.getByRole("slider", { name: "Version" }).focus();
  for (const version of [4, 3, 2]) {
    await page.keyboard.press("ArrowLeft");
    await panel.getByText(`${version} of 5`).waitFor();
    await page.clock.runFor(100);
  }
  assert.equal(asked.length, 1);
  await page.clock.runFor(1_000);
  await behind.getByText('"text": "step 1 "').waitFor();
  assert.equal(asked.length, 2);
  await page.clock.resume();
  // What was told is there in the same frame, and nobody is asked.
  await panel.getByRole("button", { name: "Newest" }).click();
  assert.ok(await behind.getByText('"text": "step 4 "').isVisible());

  await page.route("**/streams/*/commands/*", (route) => route.fulfill({ status: 503, body: "{}" }));
  await panel.getByRole("button", { name: "Back" }).click();
  await behind.getByRole("alert").getByText("The server did not answer with it.").waitFor();
  await page.unroute("**/streams/*/commands/*");
  await behind.getByRole("button", { name: "Ask again" }).click();
  await behind.getByText('"text": "step 3 "').waitFor();
  assert.equal(asked.length, 4);

  await context.setOffline(true);
  await status(page, /^Status: Offline/).waitFor();
  const lost = page.waitForEvent("requestfailed", (request) => request.url().includes("/commands/"));
  await panel.getByRole("button", { name: "Back" }).click();
  await behind.getByText("It is asked for when you are online again.").waitFor();
  await lost;
  assert.equal(await behind.getByRole("alert").count(), 0);
  await context.setOffline(false);
  await behind.getByText('"text": "step 2 "').waitFor();

  await panel.getByRole("button", { name: "First" }).click();
  await behind.waitFor({ state: "detached" });
  await panel.getByRole("button", { name: "Forward" }).click();
  await behind.getByText("Create a channel, asked by bob").waitFor();
  assert.deepEqual(broken, []);
});
