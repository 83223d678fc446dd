// Looking back: a channel as it was after each of its events, and what the rules would have said then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./stage.ts";
import { act, createChannel, message, say, stored } from "./talking.ts";

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
