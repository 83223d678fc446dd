// The chat with emmett behind node:http: the same sign-in and the same check of tokens, and nothing else in front.
import { mkdirSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { load } from "@crowbar/domain/chat";
import { AccessTokens } from "../../../../edge/auth/access_tokens.ts";
import { authenticate } from "../../../../edge/auth/authenticate.ts";
import { IssuerKeys } from "../../../../edge/auth/issuer_keys.ts";
import { SystemClock } from "../../../../edge/context/system_clock.ts";
import { freePort } from "../../../../edge/local/free_port.ts";
import { clientId } from "../../../../edge/local/sign_in/client.ts";
import { signIn } from "../../../../edge/local/sign_in/sign_in.ts";
import type { Verdict } from "../../rivals/chat/contract.ts";
import { openChat } from "../emmett/chat.ts";
import { openConnection } from "../emmett/connection.ts";
import { answer } from "./asked.ts";

const [data = "", views = "views"] = process.argv.slice(2);
mkdirSync(data, { recursive: true });
const host = "127.0.0.1";
const port = await freePort(0, host);
const issuer = `http://${host}:${port}/auth`;
const clock = new SystemClock();
const domain = await load();
const keys = new IssuerKeys({ clock, issuer });
const verifier = new AccessTokens({ keys, clock, issuer, clientId, check: (json) => domain.check(json) });
const people = await signIn({ issuer, folder: join(data, "sign-in"), clock });
const connection = openConnection(join(data, "emmett.db"));
const chat = await openChat({ connection, domain: domain.hash, views: views === "views" });

const statusOf = (verdict: Verdict) => (verdict.accepted ? 200 : 422);

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const header = request.headers.authorization;
  const [entered, body] = await Promise.all([
    authenticate(verifier, header === undefined ? [] : [header]),
    bodyOf(request),
  ]);
  if ("refusal" in entered) return void response.writeHead(401).end();
  const asked = parsed(body);
  const decide = (command: unknown) => chat.handle(command, { at: clock.now(), actor: entered.actor });
  const many = Array.isArray(asked) && asked.length > 0;
  const verdicts = await Promise.all(many ? asked.map(decide) : [decide(asked)]);
  const [first] = verdicts;
  const told = many ? verdicts.map((verdict) => ({ status: statusOf(verdict), verdict })) : first;
  response.writeHead(many || first === undefined ? 200 : statusOf(first), { "content-type": "application/json" });
  response.end(JSON.stringify(told));
}

/** What is no JSON is no command either. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
  if (request.url?.startsWith("/auth/")) return people.handler(request, response);
  respond(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen({ port, host, backlog: 4096 }, () => {
  answer(
    { origin: `http://${host}:${port}`, issuer },
    async () => {},
    async () => {
      server.closeAllConnections();
      people.close();
      connection.close();
    },
  );
});
