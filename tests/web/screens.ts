import type { Page } from "playwright-core";
import type { Person } from "./person.ts";
import { act, composer, heading, message, say, status, stored } from "./talking.ts";

/** What the screens are made of: a channel with a past, on the screen of ada, who can do everything in it. */
export interface Shown {
  readonly ada: Person;
  readonly origin: string;
  /** Is the sidebar a drawer? */
  readonly narrow: boolean;
}

/** A screen: how to come there from the open channel, and how to leave it again. */
export interface Screen {
  readonly name: string;
  readonly show: (shown: Shown) => Promise<unknown>;
  readonly leave?: (page: Page) => Promise<unknown>;
  /** Is there nothing like it on a telephone? */
  readonly wideOnly?: boolean;
}

const pressEscape = (page: Page): Promise<void> => page.keyboard.press("Escape");

export const navigation = (page: Page) => page.getByRole("navigation", { name: "Channels" });

async function sidebar({ ada: { page }, narrow }: Shown): Promise<void> {
  if (narrow && !(await navigation(page).isVisible())) {
    await page.getByRole("button", { name: "Open channels" }).first().click();
  }
}

/** Opens a dialog by a button, and waits for it. */
const dialog =
  (button: string | RegExp, name: string | RegExp, inSidebar = false) =>
  async (shown: Shown) => {
    if (inSidebar) await sidebar(shown);
    await shown.ada.page.getByRole("button", { name: button }).first().click();
    await shown.ada.page.getByRole("dialog", { name }).waitFor();
  };

const creating = dialog("Create a channel", "Create a channel", true);

export const screens: readonly Screen[] = [
  {
    name: "channel",
    show: ({ ada }) => message(ada.page, "bold").locator("strong").waitFor(), // as markdown
  },
  {
    name: "channels",
    show: async (shown) => {
      await sidebar(shown);
      await shown.ada.page.getByRole("navigation", { name: "Channels" }).waitFor();
    },
    leave: pressEscape,
  },
  {
    name: "message-actions",
    show: async ({ ada }) => {
      await message(ada.page, "bold").hover();
      await message(ada.page, "bold").getByRole("toolbar", { name: "Message actions" }).waitFor();
    },
  },
  {
    name: "menu",
    show: async ({ ada }) => {
      await message(ada.page, "bold").hover();
      await message(ada.page, "bold").getByRole("button", { name: "More" }).click();
      await ada.page.getByRole("menuitem", { name: "Edit" }).waitFor();
    },
    leave: pressEscape,
  },
  {
    name: "edit",
    show: async ({ ada }) => {
      await act(message(ada.page, "bold"), "Edit");
      await ada.page.getByRole("textbox", { name: "Edit message" }).waitFor();
    },
    leave: pressEscape,
  },
  {
    name: "delete",
    show: async ({ ada }) => {
      await act(message(ada.page, "bold"), "Delete");
      await ada.page.getByRole("dialog", { name: "Delete this message?" }).waitFor();
    },
    leave: pressEscape,
  },
  {
    name: "emoji",
    show: async ({ ada }) => {
      await act(message(ada.page, "bold"), "React");
      const picker = ada.page.getByRole("dialog", { name: "Choose an emoji" });
      await picker.getByRole("option").first().waitFor();
    },
    leave: pressEscape,
  },
  {
    name: "reply",
    show: async ({ ada }) => {
      await act(message(ada.page, "bold"), "Reply");
      await ada.page.getByText(/^Replying to/).waitFor();
    },
    leave: (page) => page.getByRole("button", { name: "Stop replying" }).click(),
  },
  {
    name: "refused-at-once",
    show: async ({ ada }) => {
      await say(ada.page, "general", "x".repeat(4_001));
      await ada.page.getByRole("alert").first().waitFor();
    },
    leave: (page) => composer(page, "general").fill(""),
  },
  {
    name: "mention",
    show: async ({ ada }) => {
      await composer(ada.page, "general").pressSequentially("Hello @b");
      await ada.page.getByRole("listbox", { name: "People" }).waitFor();
    },
    leave: async (page) => {
      await pressEscape(page);
      await composer(page, "general").fill("");
    },
  },
  {
    name: "members",
    show: async ({ ada }) => {
      await ada.page.getByRole("button", { name: /^Members/ }).click();
      await ada.page.getByRole("complementary", { name: "Members" }).waitFor();
    },
    leave: (page) => page.getByRole("button", { name: "Close members" }).click(),
  },
  {
    name: "history",
    show: async ({ ada }) => {
      await ada.page.getByRole("button", { name: "History", exact: true }).click();
      const panel = ada.page.getByRole("complementary", { name: "History" });
      await panel.getByRole("slider", { name: "Version" }).waitFor();
      await panel.getByRole("button", { name: "Back" }).click();
      await panel
        .getByRole("region", { name: "What was asked" })
        .getByText(/, asked by /)
        .waitFor();
    },
    leave: (page) => page.getByRole("button", { name: "Close history" }).click(),
  },
  { name: "settings", show: dialog("Channel settings", /./), leave: pressEscape },
  { name: "status", show: dialog(/^Status:/, "Status"), leave: pressEscape },
  { name: "shortcuts", show: dialog("Keyboard shortcuts", "Keyboard shortcuts"), leave: pressEscape, wideOnly: true },
  { name: "account", show: dialog("Account", "You", true), leave: pressEscape },
  { name: "create-channel", show: creating, leave: pressEscape },
  {
    name: "create-channel-refused",
    show: async (shown) => {
      await creating(shown);
      const asked = shown.ada.page.getByRole("dialog", { name: "Create a channel" });
      await asked.getByRole("textbox", { name: "Name" }).fill("Not a name!");
      await asked.getByRole("button", { name: "Create", exact: true }).click();
      await asked.getByRole("alert").waitFor();
    },
    leave: pressEscape,
  },
  {
    name: "search-finds-nothing",
    show: async (shown) => {
      await sidebar(shown);
      await shown.ada.page.getByRole("searchbox", { name: "Search channels" }).fill("nothing like it");
    },
    leave: async (page) => {
      await page.getByRole("searchbox", { name: "Search channels" }).fill("");
      await pressEscape(page);
    },
  },
  {
    name: "offline",
    show: async ({ ada }) => {
      await ada.context.setOffline(true);
      await say(ada.page, "general", "said offline");
      await status(ada.page, /1 waiting/).waitFor();
    },
    leave: async (page) => {
      await page.context().setOffline(false);
      await status(page, "Online").waitFor();
      await stored(page, "said offline").last().waitFor();
    },
  },
  {
    name: "channel-refused",
    show: async (shown) => {
      const { page, context } = shown.ada;
      // Away, she cannot know that somebody has a channel of that name.
      await context.setOffline(true);
      await status(page, /^Status: (?:Offline|Connecting)/).waitFor();
      await creating(shown);
      const asked = page.getByRole("dialog", { name: "Create a channel" });
      await asked.getByRole("textbox", { name: "Name" }).fill("quiet");
      await asked.getByRole("button", { name: "Create", exact: true }).click();
      await heading(page, "quiet").waitFor();
      await context.setOffline(false);
      await page.getByRole("main").getByRole("article").waitFor();
    },
  },
  {
    name: "refused-list",
    show: dialog(/ refused$/, "What was refused"),
    leave: async (page) => {
      await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
      await pressEscape(page);
    },
  },
  {
    name: "not-a-member",
    show: async (shown) => {
      await sidebar(shown);
      await shown.ada.page.getByRole("link", { name: /^quiet/ }).click();
      await shown.ada.page.getByRole("button", { name: "Join channel" }).waitFor();
    },
  },
  {
    name: "no-such-channel",
    show: async ({ ada, origin }) => {
      await ada.page.goto(`${origin}/c/nowhere`);
      await ada.page.getByText("There is no such channel").waitFor();
    },
  },
];
