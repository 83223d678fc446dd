// A page of messages that is on this device already: the server says that it is still so, and sends it no second time.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Types } from "@crowbar/domain/chat";
import type { Client } from "../../web/client/src/index.ts";
import { place, until, watch } from "./place.ts";
import { create, edit, join, say } from "./said.ts";

interface Answered {
  readonly path: string;
  readonly status: number;
  readonly length: number;
}

/** A way to the server that notes what was answered to whoever asked for a view. */
function noted(): { readonly fetch: typeof fetch; readonly views: Answered[] } {
  const views: Answered[] = [];
  const noting: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const { pathname, search } = new URL(String(input));
    if (!pathname.startsWith("/views/")) return answer;
    const bytes = await answer.arrayBuffer();
    const { status, headers } = answer;
    views.push({ path: pathname + search, status, length: bytes.byteLength });
    return new Response(status === 304 ? null : bytes, { status, headers });
  };
  return { fetch: noting, views };
}

const pages = ["messages/general/1", "messages/general/2"] as const;
const addresses = pages.map((key) => `/views/${key}.json`);

/** Opens both pages as somebody who looks at them. */
async function open(t: TestContext, client: Client<Types>): Promise<void> {
  for (const key of pages) watch(t, client.view(key));
  for (const key of pages) await until(client.view(key), ({ state, cached }) => state === "ready" && !cached);
}

test("pages that are known are sent no second time, neither to an app that is opened again nor for news of another page", async (t) => {
  const here = await place(t);
  const ada = await here.client("ada");
  await ada.send(create("general")).settled;
  for (let number = 1; number <= 110; number += 1) ada.send(say("general", `m${number}`));
  const bob = await here.client("bob");
  await bob.send(join("general")).settled;
  await until(ada.waiting, (list) => list.length === 0);
  await here.served().stack.settled();
  await open(t, bob);
  await bob.close();

  const way = noted();
  const again = await here.client("bob", { fetch: way.fetch });
  await open(t, again);
  assert.deepEqual(
    pages.map((key) => again.view(key).get().data?.length),
    [100, 10],
  );
  await until(again.status, ({ news }) => news === "push");
  assert.deepEqual(new Set(way.views.map(({ path }) => path)), new Set(addresses));
  assert.deepEqual(new Set(way.views.map(({ status, length }) => `${status} ${length}`)), new Set(["304 0"]));

  // A full page is not good for ever: what is said in it may be edited. Then it is sent, and it alone.
  await ada.send(edit("general", "m1", "edited")).settled;
  await until(again.view(pages[0]), ({ data }) => data?.[0]?.text === "edited");
  const sent = way.views.filter(({ length }) => length > 0);
  assert.deepEqual(
    sent.map(({ path }) => path),
    [addresses[0]],
  );
});
