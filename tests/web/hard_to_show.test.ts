// The longest, the widest and the strangest that the rules let in: it is shown whole, in its place, and can be used.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { openStack } from "../../edge/local/open_stack.ts";
import { launch } from "../browser/chromium.ts";
import { looked, sizes } from "./looked.ts";
import { signedIn } from "./person.ts";
import { dataFolder, type Serving, serving } from "./serving.ts";
import { composer, message } from "./talking.ts";

const noon = Date.UTC(2024, 1, 29, 12);
const members = 300;
const names = {
  ada: "Ada-Wilhelmina-Konstantinopolitanska-von-und-zu-Unbrechbarkeit-die-Erste-ihrer-N",
  bob: "יהודה בן־שמעון אבולעפיה",
} as const;
const channels = ["x".repeat(80), "a-name-of-eighty-letters-with-hyphens-in-it-so-that-it-may-be-broken-where-it-is"];
const bodies = [
  "w".repeat(4_000),
  `${"These are many words. ".repeat(181)}The end.`.slice(0, 4_000),
  "שלום לכולם! זה משפט בעברית עם English באמצע, ועם מספרים 123-456.",
  "- ראשון\n- שני\n\n> ציטוט\n\n`code` באמצע",
  `z${"\u0301".repeat(500)} and what follows it`,
  `https://example.org/${"path/".repeat(80)}`,
  `| ${"wide | ".repeat(20)}\n|${"---|".repeat(20)}\n| ${"cell | ".repeat(20)}`,
  `${"> ".repeat(30)}deep`,
  `${"- ".repeat(20)}deeper`,
  "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}",
  "﷽﷽﷽﷽﷽﷽",
  "line\n\n\n\n\nfar below",
];
const emoji = "👍 👎 😀 🎉 🚀 ❤️ 👀 🔥 💯 ✅ 🙏 😂 😮 😢 😡 🤔 👏 🎂 🍕 ☕".split(" ");

let server: Serving;
let browser: Browser;
before(async () => {
  const data = dataFolder();
  const stack = await openStack({ data });
  let commands = 0;
  const act = async (actor: string, type: string, of: object, stream: string) => {
    commands += 1;
    const id = `018df4c1-4800-8000-8000-${commands.toString(16).padStart(12, "0")}`;
    const command = Buffer.from(JSON.stringify({ id, stream, type, data: of }));
    const reply = await stack.commands.submit({ command, actor: { id: actor }, at: noon + commands * 1_000 });
    if (reply.kind === "refused") throw new Error(`${type} was refused: ${reply.refusal.message}`);
  };
  const hard = "channel-hard";
  for (const [id, name] of Object.entries(names)) await act(id, "register_user", { name }, `user-${id}`);
  for (const [index, name] of channels.entries()) {
    await act(
      "ada",
      "create_channel",
      { name, description: "Why ".repeat(60).trim() },
      index === 0 ? hard : "channel-other",
    );
  }
  await act("bob", "create_channel", { name: "y".repeat(80), description: "" }, "channel-of-bob");
  await act("bob", "join_channel", {}, hard);
  for (let number = 3; number <= members; number += 1) {
    await act(`person${number}`, "register_user", { name: `Person ${number}` }, `user-person${number}`);
    await act(`person${number}`, "join_channel", {}, hard);
  }
  for (const [index, text] of bodies.entries()) {
    const replyTo = index === 2 ? { replyTo: "m0" } : {};
    await act(index % 2 === 0 ? "ada" : "bob", "send_message", { messageId: `m${index}`, text, ...replyTo }, hard);
  }
  for (const each of emoji) {
    for (const actor of ["ada", "person3", "person4"]) {
      await act(actor, "add_reaction", { messageId: "m2", emoji: each }, hard);
    }
  }
  await act("bob", "send_message", { messageId: "last", text: `@${names.ada} what do you say?` }, hard);
  await stack.settled();
  await stack.close();
  server = await serving({ data });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`what is hard to show, ${size}, ${colorScheme}`, { timeout: 120_000 }, async (t) => {
      // axe reads its own markup by innerHTML, which the policy stops.
      const options = { viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce", path: "/c/hard" } as const;
      const { page, context, broken } = await signedIn(browser, server.origin, "ada", options);
      t.after(() => context.close());
      const look = (name: string) => looked(page, `hard-${name}-${size}-${colorScheme}`);
      await message(page, "what do you say?").waitFor();
      await look("newest");
      for (const index of [9, 8, 7, 5, 3, 1, 0]) {
        const row = page.locator(`[data-message="m${index}"]`);
        while ((await row.count()) === 0) {
          await page.getByRole("feed").hover({ position: { x: 20, y: 20 }, force: true });
          await page.mouse.wheel(0, -300);
          await page.waitForTimeout(20);
        }
        await row.scrollIntoViewIfNeeded();
        await look(`m${index}`);
        // Nothing of it lies beside the feed.
        const out = await row.evaluate((article) => {
          const { left, right } = article.getBoundingClientRect();
          return [...article.querySelectorAll("p, button, bdi, time")]
            .filter((each) => each.closest("pre, table, [role=toolbar]") === null)
            .map((each) => each.getBoundingClientRect())
            .filter((box) => box.width > 0 && (box.left < left - 1 || box.right > right + 1)).length;
        });
        assert.equal(out, 0, `m${index} is wider than its place`);
      }
      await page.getByRole("button", { name: `Members, ${members}` }).click();
      const panel = page.getByRole("complementary", { name: "Members" });
      await panel.waitFor();
      await look("members");
      await panel.getByRole("searchbox", { name: "Search members" }).fill("Person 299");
      await panel.getByText("Person 299").waitFor();
      await panel.getByRole("button", { name: "Close members" }).click();
      await page.getByRole("button", { name: "Channel settings" }).click();
      await page.getByRole("dialog").waitFor();
      await look("settings");
      const close = await page.getByRole("dialog").getByRole("button", { name: "Close" }).boundingBox();
      assert.ok(close !== null && close.x + close.width <= viewport.width, "it cannot be closed");
      await page.keyboard.press("Escape");
      await composer(page, channels[0] as string).fill("@");
      await page.getByRole("listbox", { name: "People" }).waitFor();
      await look("mention");
      await composer(page, channels[0] as string).fill("w".repeat(4_000));
      await look("composer");
      await composer(page, channels[0] as string).fill("");
      if (size === "narrow") {
        await page.getByRole("button", { name: "Open channels" }).click();
        await page.getByRole("navigation", { name: "Channels" }).waitFor();
      }
      await look("channels");
      // A name that is too long says so by its end.
      const long = page.getByRole("navigation").getByRole("link", { name: channels[1] as string });
      const [link, list] = await Promise.all([long.boundingBox(), page.getByRole("navigation").boundingBox()]);
      assert.ok(link !== null && list !== null && link.x + link.width <= list.x + list.width, "a link is cut off");
      assert.deepEqual(broken, []);
    });
  }
}
