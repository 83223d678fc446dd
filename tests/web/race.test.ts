// Two people make a channel of one name in the same moment: the store decides, and who comes second is told why.
import assert from "node:assert/strict";
import { test } from "node:test";
import { flickering, states } from "./seen.ts";
import { stage } from "./stage.ts";
import { channelLink, createChannel, heading, message, openChannel, say, status, stored } from "./talking.ts";

const here = stage();

test("the loser's channel goes with its reason, and the message in it too; the rest does not flicker", async () => {
  const ada = await here.signedIn("ada");
  const bob = await here.signedIn("bob");
  await createChannel(bob.page, "kitchen");
  await say(bob.page, "kitchen", "before");
  await stored(bob.page, "before").waitFor();

  // Bob is away while ada takes the name: then his device cannot know.
  await bob.context.setOffline(true);
  await status(bob.page, /^Status: (?:Offline|Connecting)/).waitFor();
  await createChannel(ada.page, "plans");
  await say(ada.page, "plans", "of ada");
  await stored(ada.page, "of ada").waitFor();
  await createChannel(bob.page, "plans");
  await say(bob.page, "plans", "of bob");
  await message(bob.page, "of bob").waitFor();

  const links = await states(bob.page, 'nav[aria-label="Channels"] a');
  const open = await states(bob.page, "main");
  await bob.context.setOffline(false);
  // One card: the reason once, and with it what was said in it.
  const refused = bob.page.getByRole("article", { name: "plans was refused" });
  await refused.getByText("of bob", { exact: true }).waitFor();
  await status(bob.page, "Online").waitFor();
  await channelLink(bob.page, "plans").waitFor(); // of ada, as somebody else's
  assert.equal(await bob.page.getByText(/Another channel has this name/).count(), 1);
  assert.equal(await bob.page.getByText(/There is no channel/).count(), 0);
  assert.equal(await bob.page.getByText("of bob", { exact: true }).count(), 1);

  // His own channel was there all the time, once, and nothing came back that had gone.
  const shown = await links();
  assert.ok(shown.length > 1, "the sidebar was watched");
  assert.deepEqual(
    shown.filter((state) => state.split(" | ").filter((link) => link.includes("kitchen")).length !== 1),
    [],
  );
  assert.deepEqual(flickering(shown), []);
  // What he had said stood there all the time: in its channel, then on the card.
  const inMain = await open();
  assert.deepEqual(
    inMain.filter((state) => state.split("of bob").length !== 2),
    [],
  );
  assert.deepEqual(flickering(inMain), []);

  // Elsewhere it stands among the channels, with its reason, and leads back.
  await openChannel(bob.page, "kitchen");
  assert.equal(await refused.count(), 0);
  await bob.page.getByRole("link", { name: /^Refused: plans.*Another channel has this name/ }).click();
  await refused.waitFor();
  await bob.page.reload();
  await refused.getByText("of bob", { exact: true }).waitFor();
  await bob.page.getByRole("button", { name: "2 refused" }).click();
  await bob.page.getByRole("dialog").getByText("of bob", { exact: true }).waitFor();
  assert.equal(
    await bob.page
      .getByRole("dialog")
      .getByText(/Another channel has this name/)
      .count(),
    1,
  );
  await bob.page.keyboard.press("Escape");

  // Another name, and what he had said goes with it.
  await refused.getByRole("textbox", { name: "Another name" }).fill("plans-of-bob");
  await refused.getByRole("button", { name: "Create it so" }).click();
  await heading(bob.page, "plans-of-bob").waitFor();
  await stored(bob.page, "of bob").waitFor();
  assert.equal(await message(bob.page, "of bob").count(), 1);
  await status(bob.page, "Online").waitFor();
  assert.equal(await bob.page.getByText(/refused/i).count(), 0);
  assert.equal(await message(ada.page, "of bob").count(), 0);
  assert.deepEqual([...ada.broken, ...bob.broken], []);
});

test("a lost channel is discarded with all that was said in it, when its person says so", async () => {
  const cleo = await here.signedIn("cleo");
  await cleo.context.setOffline(true);
  await status(cleo.page, /^Status: (?:Offline|Connecting)/).waitFor();
  await createChannel(cleo.page, "kitchen");
  await say(cleo.page, "kitchen", "of cleo");
  await message(cleo.page, "of cleo").waitFor();
  await cleo.context.setOffline(false);
  const refused = cleo.page.getByRole("article", { name: "kitchen was refused" });
  await refused.getByText("of cleo", { exact: true }).waitFor();
  await refused.getByRole("button", { name: "Discard all of it" }).click();
  await cleo.page.getByText("There is no such channel").waitFor();
  await cleo.page.reload();
  await channelLink(cleo.page, "kitchen").waitFor();
  assert.equal(await cleo.page.getByText(/refused|of cleo/i).count(), 0);
  assert.deepEqual(cleo.broken, []);
});
