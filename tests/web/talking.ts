import type { Locator, Page } from "playwright-core";

// What people do in the chat, by the names that a screen reader says.

export async function createChannel(page: Page, name: string, description = ""): Promise<void> {
  await page.getByRole("button", { name: "Create a channel" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create a channel" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  if (description !== "") await dialog.getByRole("textbox", { name: "What it is for" }).fill(description);
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await heading(page, name).waitFor();
}

/** The head of the channel that is open. */
export const heading = (page: Page, name: string): Locator =>
  page.getByRole("main").getByRole("heading", { level: 1, name, exact: true });

/** A channel's link in the sidebar, whatever is unread in it. */
export const channelLink = (page: Page, name: string): Locator =>
  page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: new RegExp(`^${name}(?:,|$)`) });

export async function openChannel(page: Page, name: string): Promise<void> {
  await channelLink(page, name).click();
  await heading(page, name).waitFor();
}

export async function joinChannel(page: Page, name: string): Promise<void> {
  await openChannel(page, name);
  await page.getByRole("button", { name: "Join channel" }).click();
  await composer(page, name).waitFor();
}

export const composer = (page: Page, channel: string): Locator =>
  page.getByRole("textbox", { name: `Message ${channel}`, exact: true });

export async function say(page: Page, channel: string, text: string): Promise<void> {
  const box = composer(page, channel);
  await box.fill(text);
  await box.press("Enter");
}

export const messages = (page: Page): Locator => page.getByRole("feed").getByRole("article");

/** The message with that text in it. */
export const message = (page: Page, text: string | RegExp): Locator => messages(page).filter({ hasText: text });

/** The message with that text, once the server has it. */
export const stored = (page: Page, text: string | RegExp): Locator =>
  page.locator('[role="feed"] [data-state="stored"]').filter({ hasText: text });

/** One of a message's actions. */
export async function act(
  message: Locator,
  action: "React" | "Reply" | "Edit" | "Delete" | "Copy text",
): Promise<void> {
  // From elsewhere: a mouse that does not move is not noticed.
  await message.page().mouse.move(0, 0);
  await message.hover();
  const bar = message.getByRole("toolbar", { name: "Message actions" });
  if (action === "React" || action === "Reply") return bar.getByRole("button", { name: action }).click();
  await bar.getByRole("button", { name: "More" }).click();
  await message.page().getByRole("menuitem", { name: action }).click();
}

export async function react(message: Locator, emoji: string): Promise<void> {
  await act(message, "React");
  const picker = message.page().getByRole("dialog", { name: "Choose an emoji" });
  await picker.getByRole("combobox", { name: "Search emoji" }).fill(emoji);
  await picker.getByRole("option", { name: emoji, exact: true }).first().click();
}

/** What the status line says: `Online`, `Offline, 3 waiting`. */
export const status = (page: Page, says: string | RegExp): Locator =>
  page.getByRole("button", { name: typeof says === "string" ? `Status: ${says}` : says });
