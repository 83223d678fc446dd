import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { answersIn, request, serving } from "./serving.ts";

test("many requests at once leave the loop its turns, in which connections are taken and turned away", async () => {
  let now = 0;
  let most = 0;
  await using t = await serving({
    viewer: async ({ Records: [record] }) => {
      if (now === 0) {
        void setImmediate().then(() => {
          now = 0;
        });
      }
      now += 1;
      most = Math.max(most, now);
      return record?.cf.request ?? assert.fail();
    },
  });
  const one = "GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n";
  assert.equal(answersIn(await t.raw(one.repeat(199) + request("GET /"))).length, 200);
  assert.ok(most <= 64, `${most} in one turn`);
});
