import assert from "node:assert/strict";
import { test } from "node:test";
import { lambdaHandler } from "../../../edge/commands/lambda.ts";
import { create, domain, general } from "./said.ts";
import { servedApp } from "./served.ts";

/** What a function URL hands to its function. */
function call(method: string, path: string, body?: object, query = "") {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: { authorization: "Bearer ada", "content-type": "application/json", host: "example.org" },
    requestContext: {
      accountId: "anonymous",
      apiId: "id",
      domainName: "example.org",
      domainPrefix: "example",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "1",
      routeKey: "$default",
      stage: "$default",
      time: "",
      timeEpoch: 0,
      authentication: null,
      authorizer: {},
    },
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)).toString("base64") }),
    isBase64Encoded: body !== undefined,
  };
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

test("the function answers as Lambda calls it", async () => {
  const handler = lambdaHandler(servedApp().app);
  const ask = async (...args: Parameters<typeof call>) => {
    const answer = await handler(call(...args) as unknown as Parameters<typeof handler>[0]);
    const { body, isBase64Encoded, ...rest } = answer as Answer;
    return { ...rest, body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8").toString() };
  };
  const accepted = await ask("POST", "/commands", create(1));
  assert.equal(accepted.statusCode, 200);
  assert.equal(JSON.parse(accepted.body).stream, general);
  assert.equal(accepted.headers["crowbar-domain"], domain.hash);
  const refused = await ask("POST", "/commands", create(2));
  assert.equal(refused.statusCode, 422);
  const events = await ask("GET", `/streams/${general}/events`, undefined, "after=0");
  assert.equal(JSON.parse(events.body).version, 1);
});
