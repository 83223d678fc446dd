// Two people, each at a browser of their own, as they talk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, median } from "./figures.ts";
import type { Person } from "./person.ts";
import { gone, now, seen } from "./seen.ts";
import { stage } from "./stage.ts";
import { act, composer, createChannel, joinChannel, message, react, say, stored } from "./talking.ts";

let ada: Person;
let bob: Person;
const here = stage(async () => {
  ada = await here.signedIn("ada");
  bob = await here.signedIn("bob");
});

test("ada makes a channel, bob sees it and joins; what each says the other sees within a second", async (t) => {
  await createChannel(ada.page, "general", "Everything else");
  await joinChannel(bob.page, "general");
  const took: number[] = [];
  for (let number = 1; number <= 10; number += 1) {
    const [from, to] = number % 2 === 0 ? [bob, ada] : [ada, bob];
    const text = `message ${number} of ${from.name}`;
    const arrived = seen(to.page, text);
    await composer(from.page, "general").fill(text);
    const sent = now();
    await composer(from.page, "general").press("Enter");
    took.push((await arrived) - sent);
  }
  t.diagnostic(`seen by the other after ${inWords(took)}`);
  assert.ok(median(took) < 1_000, inWords(took));
});

test("what is edited, reacted to, replied to and deleted is so for the other within a second", async (t) => {
  const took: number[] = [];
  await say(ada.page, "general", "What shall we eat?");
  await stored(ada.page, "What shall we eat?").waitFor();
  await message(bob.page, "What shall we eat?").waitFor();

  const edited = seen(bob.page, "Where shall we eat?");
  await act(message(ada.page, "What shall we eat?"), "Edit");
  const edit = ada.page.getByRole("textbox", { name: "Edit message" });
  await edit.fill("Where shall we eat?");
  let sent = now();
  await edit.press("Enter");
  took.push((await edited) - sent);

  await react(message(bob.page, "Where shall we eat?"), "thumbs up");
  const reaction = /^👍.*, 1: bob/;
  await message(ada.page, "Where shall we eat?").getByRole("button", { name: reaction }).waitFor();

  await act(message(bob.page, "Where shall we eat?"), "Reply");
  await bob.page.getByText("Replying to ada").waitFor();
  const replied = seen(ada.page, "At the harbour");
  await composer(bob.page, "general").fill("At the harbour");
  sent = now();
  await composer(bob.page, "general").press("Enter");
  took.push((await replied) - sent);
  await message(ada.page, "At the harbour").getByText("Where shall we eat?").waitFor();

  const deleted = gone(bob.page, "Where shall we eat?");
  await act(message(ada.page, "Where shall we eat?").first(), "Delete");
  sent = now();
  await ada.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  took.push((await deleted) - sent);
  t.diagnostic(`edited, replied, deleted: ${took.map((ms) => `${ms.toFixed(0)} ms`).join(", ")}`);
  assert.ok(median(took) < 1_000, inWords(took));
});

test("a rule's no is said beside what was typed, at once, and nothing is sent", async () => {
  await say(ada.page, "general", "x".repeat(4_001));
  const alert = ada.page.getByRole("alert").first();
  await alert.waitFor();
  assert.match(await alert.innerText(), /4,?000/);
  assert.equal((await composer(ada.page, "general").inputValue()).length, 4_001);
  await composer(ada.page, "general").fill("");
});

test("nothing broke on either side, and the policy stopped nothing", async () => {
  assert.deepEqual(ada.broken, []);
  assert.deepEqual(bob.broken, []);
  assert.equal(await here.server.breaches(), 0);
});
