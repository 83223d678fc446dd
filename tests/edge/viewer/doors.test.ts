import assert from "node:assert/strict";
import { test } from "node:test";
import { create, say } from "../commands/said.ts";
import {
  adas,
  atTheEdge,
  chat,
  event,
  home,
  outcomeOf,
  posted,
  requestId,
  type Sent,
  wasPassed,
} from "./at_the_edge.ts";

const { handler, passages } = atTheEdge();
const outcome = async (sent: Sent) => outcomeOf(await handler(event(sent)));
const asAda = { authorization: adas };

test("a command that can be read goes on", async () => {
  assert.equal(outcomeOf(await handler(posted(create(1)))), "passed");
});

test("a list of commands goes on, whatever they are one by one", async () => {
  const list = [{ ...create(1), type: "shout" }, { more: 1 }, say(3)];
  assert.equal(outcomeOf(await handler(posted(list))), "passed");
  assert.equal(outcomeOf(await handler(posted(` \n${JSON.stringify(list)} `))), "passed");
});

for (const uri of ["/", "/index.html", "/assets/app-x.js", "/.well-known/domain"]) {
  test(`${uri} is for everybody`, async () => {
    assert.equal(await outcome({ uri }), "passed");
    assert.equal(await outcome({ uri, method: "HEAD" }), "passed");
    assert.equal(await outcome({ uri, headers: { authorization: "Bearer forged" } }), "passed");
    assert.equal(await outcome({ uri, method: "POST" }), "405 method_not_allowed");
  });
}

for (const uri of [
  "/views/allchannels.json",
  "/views/messages/general/1.json",
  "/positions",
  "/streams/channel-general/events",
  "/streams/channel-general/commands/00000000-0000-7000-8000-000000000001",
  "/metrics",
  "/assets",
  "/index.html/",
  "/anything",
]) {
  test(`${uri} is for whoever is signed in`, async () => {
    assert.equal(await outcome({ uri }), "401 token_missing");
    assert.equal(await outcome({ uri, headers: { authorization: "Bearer forged" } }), "401 token_refused");
    assert.equal(await outcome({ uri, headers: asAda }), "passed");
    assert.equal(await outcome({ uri, headers: asAda, method: "HEAD" }), "passed");
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      assert.equal(await outcome({ uri, headers: asAda, method }), "405 method_not_allowed", method);
    }
  });
}

test("/commands takes POST, and says so", async () => {
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post", "TRACE"]) {
    const result = await handler(event({ method, uri: "/commands", headers: asAda }));
    assert.equal(outcomeOf(result), "405 method_not_allowed", method);
    assert.deepEqual(!wasPassed(result) && result.headers?.allow, [{ key: "allow", value: "POST" }]);
  }
});

test("nobody sends a command without a token, whatever the body is", async () => {
  for (const body of ["", "{", JSON.stringify(create(1))]) {
    const headers = { "content-type": "application/json" };
    assert.equal(await outcome({ method: "POST", uri: "/commands", headers, body }), "401 token_missing");
  }
});

test("only the app's own pages send commands", async () => {
  assert.equal(outcomeOf(await handler(posted(create(1), { origin: home }))), "passed");
  const others = [
    "https://evil.example",
    `${home}.evil.example`,
    "http://chat.example",
    `${home}:444`,
    "null",
    "",
    `${home}/`,
  ];
  for (const origin of others) {
    assert.equal(outcomeOf(await handler(posted(create(1), { origin }))), "403 origin_not_allowed", origin);
  }
  assert.equal(
    outcomeOf(await handler(posted(create(1), { origin: [home, "https://evil.example"] }))),
    "403 origin_not_allowed",
  );
});

test("a page from elsewhere may ask for what is for reading: no browser shows it the answer", async () => {
  const origin = "https://evil.example";
  assert.equal(await outcome({ headers: { ...asAda, origin } }), "passed");
  assert.equal(await outcome({ uri: "/", headers: { origin } }), "passed");
});

test("a page from elsewhere that asks first is told no, wherever it asks, and no header invites it", async () => {
  for (const uri of ["/commands", "/views/allchannels.json", "/"]) {
    const asks = { origin: "https://evil.example", "access-control-request-method": "POST" };
    const result = await handler(event({ method: "OPTIONS", uri, headers: asks }));
    assert.equal(outcomeOf(result), "403 origin_not_allowed");
    assert.ok(!wasPassed(result));
    assert.deepEqual(
      Object.keys(result.headers ?? {}).filter((name) => name.startsWith("access-control")),
      [],
    );
  }
});

for (const type of [
  "application/json",
  "application/json; charset=utf-8",
  "Application/JSON;charset=UTF-8",
  'application/json; charset="utf-8"',
]) {
  test(`a command is sent as ${type}`, async () => {
    assert.equal(outcomeOf(await handler(posted(create(1), { "content-type": type }))), "passed");
  });
}
for (const type of [
  "",
  "text/plain",
  "application/json; charset=latin1",
  "application/json, text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "application/jsonp",
  "application/json; q=1",
  "text/json",
]) {
  test(`a command is not sent as ${type || "nothing in particular"}`, async () => {
    assert.equal(outcomeOf(await handler(posted(create(1), { "content-type": type }))), "415 media_type_wrong");
  });
}
test("a command has one type", async () => {
  const twice = { "content-type": ["application/json", "application/json"] };
  assert.equal(outcomeOf(await handler(posted(create(1), twice))), "415 media_type_wrong");
});

for (const encoding of ["gzip", "br", "deflate", "zstd", "gzip, gzip", "identity, gzip", "GZIP"]) {
  test(`a body in ${encoding} is not unpacked`, async () => {
    assert.equal(outcomeOf(await handler(posted(create(1), { "content-encoding": encoding }))), "415 encoding_refused");
  });
}

test("a body is seen whole or refused", async () => {
  const megabyte = 1 << 20;
  const filled = (size: number) => {
    const list = JSON.stringify([create(1)]);
    return `${list.slice(0, -1)}${" ".repeat(size - list.length)}]`;
  };
  assert.equal(outcomeOf(await handler(posted(filled(megabyte)))), "passed");
  assert.equal(outcomeOf(await handler(posted(filled(megabyte + 1)))), "413 body_too_large");
  const cut = { inputTruncated: true };
  assert.equal(outcomeOf(await handler(posted(create(1), {}, cut))), "413 body_too_large");
  assert.equal(outcomeOf(await handler(posted(create(1), { "content-length": [] }, cut))), "413 body_too_large");
  assert.equal(
    outcomeOf(await handler(posted(create(1), {}, { ...cut, eventType: "viewer-request" }))),
    "413 body_too_large",
  );
  assert.equal(outcomeOf(await handler(posted(create(1), { "content-length": "1000" }))), "400 body_truncated");
  assert.equal(outcomeOf(await handler(posted(create(1), { "content-length": "1" }))), "400 body_truncated");
  assert.equal(outcomeOf(await handler(posted(create(1), { "content-length": [] }))), "passed");
  assert.equal(outcomeOf(await handler(posted(filled(megabyte + 1), { "content-length": [] }))), "413 body_too_large");
  assert.equal(outcomeOf(await handler(posted(""))), "400 body_missing");
  assert.equal(
    await outcome({ method: "POST", uri: "/commands", headers: { ...asAda, "content-type": "application/json" } }),
    "400 body_missing",
  );
});

test("a list has 1 to 100 commands", async () => {
  const list = (length: number) => Array.from({ length }, (_, i) => say(i));
  assert.equal(outcomeOf(await handler(posted(list(100)))), "passed");
  assert.equal(outcomeOf(await handler(posted(list(101)))), "413 batch_too_large");
  assert.equal(outcomeOf(await handler(posted([]))), "400 batch_empty");
  assert.equal(outcomeOf(await handler(posted("[ \n ]"))), "400 batch_empty");
});

for (const [what, body, code] of [
  ["no JSON", "{", "unexpected_end"],
  ["more than one value", `${JSON.stringify(create(1))}{}`, "trailing_content"],
  ["a list that does not end", "[{}", "unexpected_end"],
  ["a key twice", '{"id":1,"id":2}', "wrong_type"],
  ["a byte order mark", "\ufeff{}", "byte_order_mark"],
  ["half a surrogate pair", '["\\ud800"]', "lone_surrogate"],
  ["bytes that are no UTF-8", Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), "invalid_utf8"],
  ["a thousand brackets", "[".repeat(1000), "too_deep"],
  ["null", "null", "wrong_type"],
  ["a text", '"create_channel"', "wrong_type"],
  ["an empty object", "{}", "missing_key"],
  ["white space alone", " \n", "empty_input"],
] as const) {
  test(`no command: ${what}`, async () => {
    assert.equal(outcomeOf(await handler(posted(body))), `400 ${code}`);
  });
}

test("what a client says of itself does not get through, and the request has one name", async () => {
  const lies = {
    "X-User-Id": "bob",
    "x-user": "bob",
    "x-userid": "bob",
    "X-Actor": "bob",
    "x-actor-roles": "admin",
    "x-role": "admin",
    "X-Roles": "admin",
    "x-authenticated-user": "bob",
    "x-auth-request-user": "bob",
    "x-remote-user": "bob",
    "remote-user": "bob",
    "x-principal-id": "bob",
    "x-http-method-override": "DELETE",
    "x-method-override": "DELETE",
    "x-original-url": "/metrics",
    "x-rewrite-url": "/metrics",
    "x-request-id": ["mine", "mine too"],
  };
  const truths = { "crowbar-domain": chat.hash, "if-none-match": '"1"', accept: "*/*", "x-custom": "1", ...asAda };
  const result = await handler(event({ headers: { ...lies, ...truths } }));
  assert.ok(wasPassed(result));
  const through = Object.fromEntries(
    Object.entries(result.headers).map(([name, values]) => [name, values.map(({ value }) => value)]),
  );
  assert.deepEqual(through, {
    host: ["d111111abcdef8.cloudfront.net"],
    "x-request-id": [requestId],
    ...Object.fromEntries(Object.entries(truths).map(([name, value]) => [name, [value]])),
  });
});

test("what goes on is the event's own request, with its body and query", async () => {
  const sent = posted(create(1), {}, { querystring: "a=%2e" });
  const request = sent.Records[0]?.cf.request;
  assert.strictEqual(await handler(sent), request);
  assert.equal(request?.body?.data, Buffer.from(JSON.stringify(create(1))).toString("base64"));
  assert.equal(request?.querystring, "a=%2e");
});

test("an early answer is one of the catalogue's, for nobody's cache", async () => {
  const result = await handler(event({ uri: "/positions" }));
  assert.deepEqual(result, {
    status: "401",
    statusDescription: "Unauthorized",
    headers: {
      "content-type": [{ key: "content-type", value: "application/json" }],
      "cache-control": [{ key: "cache-control", value: "no-store" }],
      "x-content-type-options": [{ key: "x-content-type-options", value: "nosniff" }],
      "x-request-id": [{ key: "x-request-id", value: requestId }],
      "www-authenticate": [{ key: "www-authenticate", value: "Bearer" }],
    },
    body: JSON.stringify({
      error: {
        code: "token_missing",
        message: "Sign in first: there is no access token.",
        retryable: false,
        requestId,
      },
    }),
  });
});

test("each request is told once, without its body, its token and its query", async () => {
  passages.length = 0;
  await handler(posted(create(1), {}, { querystring: "secret" }));
  await handler(event({ uri: "/", querystring: "secret" }));
  await handler(event({ uri: "/positions", querystring: "secret" }));
  assert.deepEqual(
    passages.map(({ refusal, ...passage }) => ({ ...passage, code: refusal?.code })),
    [
      { requestId, method: "POST", path: "/commands", actor: "ada", code: undefined },
      { requestId, method: "GET", path: "/", code: undefined },
      { requestId, method: "GET", path: "/positions", code: "token_missing" },
    ],
  );
});
