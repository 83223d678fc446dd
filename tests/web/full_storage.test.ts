// The device has no room left: it is said beside what was typed, nothing of that is lost, and with room again it goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";
import { act, composer, createChannel, message, say, status, stored } from "./talking.ts";

const here = stage();

/** Gives a page's origin little room, and fills that to the last KB. Resolves with how many bytes it took. */
async function fill(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const { origin } = new URL(page.url());
  await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: used + 3 * 1024 * 1024 });
  return page.evaluate(async () => {
    const opening = indexedDB.open("ballast", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("pieces", { autoIncrement: true });
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    const put = (bytes: number) =>
      new Promise<boolean>((resolve) => {
        // Of no pattern: what can be compressed takes no room.
        const piece = new Uint8Array(bytes);
        for (let from = 0; from < bytes; from += 65_536) crypto.getRandomValues(piece.subarray(from, from + 65_536));
        const writing = opening.result.transaction("pieces", "readwrite", { durability: "strict" });
        writing.oncomplete = () => resolve(true);
        writing.onabort = () => resolve(false);
        writing.objectStore("pieces").put(piece);
      });
    let taken = 0;
    for (const bytes of [1_048_576, 262_144, 65_536, 16_384, 4_096, 1_024, 256]) {
      while (await put(bytes)) taken += bytes;
    }
    opening.result.close();
    return taken;
  });
}

async function makeRoom(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase("ballast");
        deleting.onsuccess = resolve;
        deleting.onerror = reject;
      }),
  );
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: new URL(page.url()).origin });
}

test("a device without room says so beside what was typed, and loses nothing of it", { timeout: 120_000 }, async () => {
  const { page, broken } = await here.signedIn("ada");
  await createChannel(page, "general");
  await say(page, "general", "before");
  await stored(page, "before").waitFor();
  const taken = await fill(page);
  assert.ok(taken > 1_000_000, `${taken} bytes`);

  await act(message(page, "before"), "Reply");
  await say(page, "general", "no room for this");
  const told = page.getByRole("main").getByRole("alert").filter({ hasText: "no room left on this device" });
  await told.waitFor();
  assert.equal(await composer(page, "general").inputValue(), "no room for this");
  await page.getByText(/^Replying to/).waitFor();
  assert.equal(await message(page, "no room for this").count(), 0);
  assert.match((await composer(page, "general").getAttribute("aria-describedby")) ?? "", /./);

  await act(message(page, "before"), "Edit");
  const edit = page.getByRole("textbox", { name: "Edit message" });
  await edit.fill("before that");
  await edit.press("Enter");
  await told.nth(1).waitFor();
  assert.equal(await edit.inputValue(), "before that");

  await makeRoom(page);
  await edit.press("Enter");
  await stored(page, "before that").waitFor();
  await composer(page, "general").press("Enter");
  await stored(page, "no room for this").waitFor();
  await told.first().waitFor({ state: "detached" });
  assert.equal(await composer(page, "general").inputValue(), "");
  await status(page, "Online").waitFor();
  await page.reload();
  await stored(page, "no room for this").waitFor();
  assert.equal(await message(page, "no room for this").count(), 1);
  assert.deepEqual(broken, []);
});
